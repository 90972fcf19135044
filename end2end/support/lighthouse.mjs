// What Lighthouse says of pages on a phone, a line of JSON each: node lighthouse.mjs COOKIE CATEGORY,… URL…
import { once } from 'node:events';
import { createServer } from 'node:net';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import lighthouse from 'lighthouse';

/**
 * @param {string[]} urls
 * @param {{ cookie: string, categories: string[] }} how
 * @returns {AsyncGenerator<{ url: string, scores: Record<string, number>, faults: string[] }>} scores of 0 to 100, and what cost points
 */
export async function* audits(urls, { cookie, categories }) {
  const port = await freePort();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || undefined,
    args: ['--no-sandbox', '--disable-gpu', `--remote-debugging-port=${port}`],
  });
  try {
    for (const url of urls) {
      const audit = () => lighthouse(url, { port, logLevel: 'error', onlyCategories: categories, extraHeaders: { cookie } });
      let run = await audit();
      // A trace whose beginning Chromium has lost, or a page that a busy machine drew too late, says nothing of the page.
      if (run?.lhr.runtimeError) run = await audit();
      if (!run || run.lhr.runtimeError) throw new Error(`${url}: ${run?.lhr.runtimeError?.message ?? 'no answer'}`);
      if (run.lhr.finalDisplayedUrl !== url) throw new Error(`${url} leads to ${run.lhr.finalDisplayedUrl}`);
      yield { url, ...told(run.lhr) };
    }
  } finally {
    await browser.close();
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return address && typeof address === 'object' ? address.port : 0;
}

/** @param {import('lighthouse').Result} result */
function told({ categories, audits }) {
  const all = Object.values(categories);
  const scores = Object.fromEntries(all.map(({ id, score }) => [id, Math.round((score ?? 0) * 100)]));
  const weighty = all.flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0));
  const faulty = weighty.map(({ id }) => audits[id]).filter((audit) => audit !== undefined && audit.score !== null && audit.score < 0.9);
  return { scores, faults: faulty.map((audit) => `${audit.id}: ${audit.displayValue ?? audit.title}`) };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [cookie = '', categories = '', ...urls] = process.argv.slice(2);
  for await (const audit of audits(urls, { cookie, categories: categories.split(',') })) console.log(JSON.stringify(audit));
}
