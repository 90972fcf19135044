import { type BrowserContext } from '@playwright/test';

/** What a browser complains about by itself when a page answers with an error status, as refused forms do. */
const STATUS = /^Failed to load resource: the server responded with a status of (401|403|404|409|410|413|422)/;

/** A page that was left before its WASM was there; WASM that could not be had at all is an error in the console. */
const LEFT = /^Failed to fetch$|Response body loading was aborted/;

/** Windows whose line a journey cuts: what their browsers complain of is what it wants. */
export const cutOnPurpose = new WeakSet<BrowserContext>();
const CUT = /net::ERR_(CONNECTION_RESET|FAILED)/;

/** Notes whatever goes wrong in a window unseen: errors in the console, scripts that throw, answers of 500 and above. */
export function watch(context: BrowserContext, tell: (problem: string) => void): void {
  context.on('console', (message) => {
    const cut = cutOnPurpose.has(context) && CUT.test(message.text());
    if (message.type() === 'error' && !cut && !STATUS.test(message.text())) tell(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => {
    if (!LEFT.test(error.error().message)) tell(`script: ${error.error().message}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 500) tell(`${response.status()} from ${response.url()}`);
  });
}
