import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Page } from '@playwright/test';
import { mainPages } from '../support/main-pages.mjs';
import { expect, test } from '../support/shop';
import { linkOf, linksOf } from '../support/tour';
import { type Weight, weigh } from '../support/weight.mjs';

/** What a first visit may transfer (P9), in bytes on the wire. */
const PAGE = 25 * 1024;
const ISLANDS = 110 * 1024;
/** … of a page whose islands ask the server. */
const ASKING = 130 * 1024;

/** The page is light and stands still, whatever stands beside it may be kept for good, and everything comes pressed. */
function expectLight(path: string, { page, shifted, transfers }: Weight): void {
  expect(page, `${path} transfers ${JSON.stringify(transfers)}`).toBeLessThanOrEqual(PAGE);
  expect(shifted, `${path} moves under its reader`).toBe(0);
  // What the page before was still loading may come first. Pages are packed anew each time; what stands beside them was pressed once.
  expect(transfers.find((one) => one.path === path.split('?')[0])?.coding, path).toBe('gzip');
  for (const one of transfers.filter((one) => one.path.startsWith('/assets/'))) {
    expect(one.kept, one.path).toBe('public, max-age=31536000, immutable');
    expect(one.coding, one.path).toBe('br');
  }
}

async function expectLists(page: Page, paths: string[]): Promise<void> {
  for (const path of paths) {
    const weight = await weigh(page, path);
    expectLight(path, weight);
    expect(weight.islands, path).toBe(0);
  }
}

async function expectIslands(page: Page, most: number, paths: string[]): Promise<void> {
  for (const path of paths) {
    const weight = await weigh(page, path);
    expectLight(path, weight);
    expect(weight.islands, path).toBeGreaterThan(0);
    expect(weight.islands, path).toBeLessThanOrEqual(most);
  }
}

test.describe('on the wire', { tag: ['@scripts', '@once', '@any-engine'] }, () => {
  test.setTimeout(240_000);

  test("a buyer's pages are light", async ({ open }) => {
    const buyer = await open('13800000001');
    await expectLists(buyer, ['/', '/orders', '/after-sales', '/me', '/me/messages', '/me/wallet']);
    const { product = '', checkout = '', order = '', application = '' } = await mainPages((path) => html(buyer, path));
    expectLight(product, await weigh(buyer, product));
    await expectIslands(buyer, ISLANDS, ['/me/security']);
    await expectIslands(buyer, ASKING, [checkout, application, order]);
  });

  test("the shop's pages are light", async ({ open }) => {
    const staff = await open('owner');
    await expectLists(staff, ['/after-sales', '/refunds', '/products', '/reviews', '/messages'].map((path) => `/merchant${path}`));
    const order = await linkOf(staff, '/merchant/orders?status=awaiting_shipment', /^\/merchant\/orders\/[^/?#]+$/);
    await expectIslands(staff, ASKING, [order, '/merchant', '/merchant/orders']);
  });

  test('a picture that somebody sent is small in lists and whole behind its link', async ({ open }) => {
    const buyer = await open('13800000001');
    for (const path of await linksOf(buyer, '/after-sales', /^\/after-sales\/[^/?#]+$/)) {
      await buyer.goto(path);
      const sent = await buyer.locator('.pictures a').evaluateAll((links) =>
        links.map((link) => [link.getAttribute('href'), link.querySelector('img')?.getAttribute('src')] as const),
      );
      for (const [whole, small] of sent) {
        const [large, little] = await Promise.all([whole, small].map(async (src) => (await buyer.request.get(src ?? '')).body()));
        expect(small).toBe(`${whole}/small`);
        expect(little?.length).toBeLessThan(large?.length ?? 0);
      }
      if (sent.length > 0) return;
    }
    throw new Error('nobody sent a picture');
  });

  test('Lighthouse finds nothing against access and good practice on the eight main pages', async ({ open, shop }) => {
    const buyer = await open('13800000001');
    const pages = await mainPages((path) => html(buyer, path));
    const cookie = (await buyer.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const urls = Object.values(pages).map((path) => shop.url + path);
    // In a process of its own: it drives a browser of its own.
    const program = resolve(__dirname, '../support/lighthouse.mjs');
    const { stdout } = await promisify(execFile)(process.execPath, [program, cookie, 'accessibility,best-practices', ...urls]);
    const found = stdout.trim().split('\n').map((line) => JSON.parse(line));
    expect(found).toEqual(urls.map((url) => ({ url, scores: { accessibility: 100, 'best-practices': 100 }, faults: [] })));
  });
});

async function html(page: Page, path: string): Promise<string> {
  return (await page.request.get(path)).text();
}
