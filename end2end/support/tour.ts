import { type Page, expect } from '@playwright/test';
import { expectAccessible } from './accessible';

/** The addresses that the links of a page lead to, each once. */
export async function linksOf(page: Page, path: string, pattern: RegExp): Promise<string[]> {
  await page.goto(path);
  const all = await page.locator('a[href]').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  return [...new Set(all.filter((href) => pattern.test(href)))];
}

/** The first of them, where there must be one. */
export async function linkOf(page: Page, path: string, pattern: RegExp): Promise<string> {
  const [first] = await linksOf(page, path, pattern);
  if (first === undefined) throw new Error(`${path} has no link like ${String(pattern)}`);
  return first;
}

/** Looks at each page: it answers as it should, fits the screen, and axe finds nothing, neither by day nor by night. */
export async function lookAt(page: Page, paths: string[], status = 200): Promise<void> {
  for (const path of paths) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(status);
    await look(page);
  }
}

/** Looks at the page as it stands. */
export async function look(page: Page): Promise<void> {
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(tooWide, `${page.url()} is wider than the screen`).toBeLessThanOrEqual(0);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
}

/** Nothing of these pages needs scripts: no island, and no WASM is fetched. */
export async function expectNoIslands(page: Page, paths: string[]): Promise<void> {
  const fetched: string[] = [];
  page.on('request', (request) => {
    if (/\.wasm|guitu.*\.js/.test(request.url())) fetched.push(`${page.url()}: ${request.url()}`);
  });
  for (const path of paths) {
    await page.goto(path);
    await expect(page.locator('leptos-island'), path).toHaveCount(0);
  }
  expect(fetched).toEqual([]);
}
