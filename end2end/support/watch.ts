import { type BrowserContext } from '@playwright/test';

/** What a browser complains about by itself when a page answers with an error status, as refused forms do. */
const STATUS = /^Failed to load resource: the server responded with a status of (401|403|404|409|410|413|422)/;

/** Notes whatever goes wrong in a window unseen: errors in the console, scripts that throw, answers of 500 and above. */
export function watch(context: BrowserContext, tell: (problem: string) => void): void {
  context.on('console', (message) => {
    if (message.type() === 'error' && !STATUS.test(message.text())) tell(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => {
    // A page that is left before its WASM is there; one that could not be loaded complains in the console.
    if (error.error().message !== 'Failed to fetch') tell(`script: ${error.error().message}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 500) tell(`${response.status()} from ${response.url()}`);
  });
}
