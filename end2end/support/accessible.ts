import AxeBuilder from '@axe-core/playwright';
import { type Page, expect, test } from '@playwright/test';

/** axe has nothing to say about the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  const scripts = test.info().project.use.javaScriptEnabled ?? true;
  const findings = scripts ? await examine(page) : await examineCopy(page);
  expect(findings, page.url()).toEqual([]);
}

async function examine(page: Page): Promise<string[]> {
  // Our pages have no frames: axe need not look for them, and need not tell of what it passed.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' · ')}`);
}

/** axe is a script itself: where scripts are off, it looks at the same document, its scripts taken out, in a browser that has them on. */
async function examineCopy(page: Page): Promise<string[]> {
  const browser = page.context().browser();
  if (!browser) throw new Error('this page belongs to no browser');
  const body = (await page.content()).replaceAll(/<script[\s\S]*?<\/script>/g, '');
  const context = await browser.newContext({
    javaScriptEnabled: true,
    storageState: await page.context().storageState(),
  });
  try {
    const copy = await context.newPage();
    await copy.route(page.url(), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
    await copy.goto(page.url());
    return await examine(copy);
  } finally {
    await context.close();
  }
}
