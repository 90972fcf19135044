import { type Page } from '@playwright/test';
import { extractText, getDocumentProxy } from 'unpdf';
import { buy } from '../support/buying';
import { openOrder } from '../support/selling';
import { expect, test } from '../support/shop';

/** The page on paper: how many sheets, and the words on them without any space. */
async function printed(page: Page, options: Parameters<Page['pdf']>[0]): Promise<{ sheets: number; words: string }> {
  const { totalPages, text } = await extractText(await getDocumentProxy(new Uint8Array(await page.pdf(options))), { mergePages: true });
  // Fonts have one shape for 金 and for the radical that looks like it; the text of the file may have either.
  return { sheets: totalPages, words: text.normalize('NFKC').replaceAll(/\s/g, '') };
}

/** A4 in and across and a window's own width, with what its margins leave of it in pixels. */
const PAPERS = [
  { paper: { format: 'A4' }, left: 688 },
  { paper: { format: 'A4', landscape: true }, left: 1016 },
  { paper: { width: '1440px', height: '900px' }, left: 1334 },
] as const;

test('an order fits its paper, whatever the paper and the theme', { tag: ['@once', '@any-engine'] }, async ({ open }) => {
  const buyer = await open('13800000004');
  const staff = await open('owner');
  const number = await buy(buyer, [{ title: '山花蜂蜜 500g', spec: '两瓶' }]);
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const { paper } of PAPERS) {
      await openOrder(staff, number);
      await staff.emulateMedia({ colorScheme });
      const order = await printed(staff, paper);
      expect(order.sheets).toBeLessThanOrEqual(4);
      for (const words of [number, '山花蜂蜜500g', '收货信息', '订单金额']) expect(order.words).toContain(words);
      for (const words of ['跳到主要内容', '售后工作台', '退出', '确认发货']) expect(order.words).not.toContain(words);
    }
    await staff.emulateMedia({ media: 'print', colorScheme });
    const paper = await staff.evaluate(() => {
      const main = document.querySelector('main');
      const { backgroundColor, color } = getComputedStyle(document.body);
      return { backgroundColor, color, narrow: (main?.clientWidth ?? 0) / document.documentElement.clientWidth };
    });
    expect(paper).toEqual({ backgroundColor: 'rgb(255, 255, 255)', color: 'rgb(29, 36, 33)', narrow: 1 });
    await staff.emulateMedia({ media: null, colorScheme: null });
  }
});

test('lists and buyers’ pages come out as wide as the paper', { tag: ['@once', '@any-engine'] }, async ({ open }) => {
  const [staff, buyer] = [await open('owner'), await open('13800000001')];
  for (const [page, path, words] of [
    [staff, '/merchant/orders', '买家'],
    [staff, '/merchant/refunds', '退款金额'],
    [staff, '/merchant/after-sales?queue=all', '退款金额'],
    [buyer, '/orders', '山间茶铺'],
  ] as const) {
    for (const { paper, left } of PAPERS) {
      await page.goto(path);
      const list = await printed(page, paper);
      expect(list.words, path).toContain(words);
      const screen = page.viewportSize();
      await page.setViewportSize({ width: left, height: 900 });
      await page.emulateMedia({ media: 'print' });
      const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(tooWide, path).toBeLessThanOrEqual(0);
      await page.emulateMedia({ media: null });
      if (screen) await page.setViewportSize(screen);
    }
  }
});
