import { type Page } from '@playwright/test';
import { expect, test } from '../support/shop';
import { linkOf } from '../support/tour';

// Of its own: what it sees is the demo's, and not what other journeys have left.
test.use({ shopName: 'tables' });

/** Every place of the back office that has a table. */
const LISTS = [
  '/merchant',
  '/merchant/orders',
  '/merchant/after-sales?queue=all',
  '/merchant/after-sales?queue=return',
  '/merchant/refunds',
  '/merchant/refunds?status=manual',
  '/merchant/payment-anomalies',
  '/merchant/payment-anomalies?state=resolved',
  '/merchant/reconciliation',
  '/merchant/ledger',
  '/merchant/batches',
  '/merchant/products',
  '/merchant/members',
  '/merchant/coupons',
  '/merchant/reviews',
  '/merchant/return-addresses',
];

/** Numbers are drawn by lot, and an M is twice as wide as a J: gives every number on the page the widest letters. */
async function widenNumbers(page: Page): Promise<void> {
  await page.evaluate(() => {
    const words = document.createTreeWalker(document.querySelector('main')!, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
      const text = words.currentNode as Text;
      if (/^\s*[A-Z][A-Z0-9]+-?[A-Z0-9-]{4,}\s*$/.test(text.data)) text.data = text.data.replaceAll(/[A-Z]/g, 'M');
    }
  });
}

/** Cells whose words lie under another cell or outside of their table's window, by the words that are hidden. */
async function covered(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const hidden: string[] = [];
    for (const scroll of document.querySelectorAll<HTMLElement>('.table-scroll')) {
      const window = scroll.getBoundingClientRect();
      const cells = [...scroll.querySelectorAll<HTMLElement>('td, th')];
      for (const cell of cells) {
        const words = document.createRange();
        words.selectNodeContents(cell);
        const boxes = [...words.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
        const others = [...(cell.parentElement?.children ?? [])].filter((other) => other !== cell).map((other) => other.getBoundingClientRect());
        const lost = boxes.some(
          (box) =>
            box.right > window.right + 1 ||
            box.left < window.left - 1 ||
            others.some((other) => box.left < other.right - 1 && box.right > other.left + 1 && box.top < other.bottom - 1 && box.bottom > other.top + 1),
        );
        if (lost) hidden.push(cell.innerText.trim().replaceAll(/\s+/g, ' ') || cell.outerHTML.slice(0, 80));
      }
    }
    return hidden;
  });
}

test("no column of the shop's tables lies over another or out of sight", { tag: ['@once', '@any-engine'] }, async ({ open }) => {
  const staff = await open('owner');
  const member = await linkOf(staff, '/merchant/members', /^\/merchant\/members\/\d+$/);
  const coupon = await linkOf(staff, '/merchant/coupons', /^\/merchant\/coupons\/\d+$/);
  const order = await linkOf(staff, '/merchant/orders?status=completed', /^\/merchant\/orders\/[^/?#]+$/);
  const one = await linkOf(staff, '/merchant/after-sales?queue=done', /^\/merchant\/after-sales\/[^/?#]+$/);
  expect([member, coupon, order, one]).not.toContain('');
  const size = staff.viewportSize();
  for (const width of [1024, 1280, 1440]) {
    await staff.setViewportSize({ width, height: 900 });
    for (const path of [...LISTS, member, coupon, order, one]) {
      await staff.goto(path);
      await widenNumbers(staff);
      expect(await covered(staff), `${path} at ${width}`).toEqual([]);
    }
  }
  if (size) await staff.setViewportSize(size);
});
