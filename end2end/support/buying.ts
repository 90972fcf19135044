import { type Page, expect } from '@playwright/test';
import { openDialog, submit, tick } from './hand';

/** What a buyer puts into an order, and what they add to it. */
export type Wish = { title: string; spec?: string; quantity?: number };
export type Extras = { points?: string; balance?: string; remark?: string };

/** The ways to pay, as the cashier calls them. */
export type Tender = '微信支付' | '支付宝' | '余额' | '积分' | '货到付款';

/** Where products were found. */
const found = new Map<string, string>();

/** Opens the product, the first time by searching the front of the shop for it. A worker has one shop. */
export async function openProduct(page: Page, title: string): Promise<void> {
  const known = found.get(title);
  if (known) {
    await page.goto(known);
    return;
  }
  await page.goto('/');
  await page.getByLabel('搜索商品').fill(title);
  await page.getByLabel('搜索商品').press('Enter');
  await page.getByRole('link', { name: title, exact: true }).click();
  await page.waitForURL(/\/products\/\d+$/);
  found.set(title, page.url());
}

async function choose(page: Page, { title, spec, quantity = 1 }: Wish): Promise<void> {
  await openProduct(page, title);
  if (spec) await tick(page.getByRole('radio', { name: spec }));
  await page.getByLabel('数量').fill(String(quantity));
}

/** Orders the goods: one at once, several through the cart. Ends at the cashier, or at the order if nothing is left to pay; its number. */
export async function order(page: Page, wishes: Wish[], extras: Extras = {}): Promise<string> {
  for (const wish of wishes) {
    await choose(page, wish);
    if (wishes.length > 1) {
      await page.getByRole('button', { name: '加入购物车' }).click();
      await expect(page.getByText('已加入购物车')).toBeVisible();
    }
  }
  if (wishes.length > 1) {
    await page.goto('/cart');
    await page.getByRole('link', { name: '去结算' }).click();
  } else {
    await page.getByRole('button', { name: '立即购买' }).click();
  }
  await expect(page.getByRole('heading', { name: '确认订单' })).toBeVisible();
  if (extras.remark) await page.getByLabel('备注').fill(extras.remark);
  if (extras.points) await page.getByLabel('使用积分').fill(extras.points);
  if (extras.balance) await page.getByLabel('使用余额').fill(extras.balance);
  await page.getByRole('button', { name: '提交订单' }).click();
  await page.waitForURL(/\/orders\/[^/]+/);
  return new URL(page.url()).pathname.split('/')[2] ?? '';
}

/** Pays by the code that the page shows: the sandbox's phone is a page of its own. */
export async function scan(page: Page): Promise<void> {
  const [phone] = await Promise.all([page.waitForEvent('popup'), page.getByRole('link', { name: /打开沙箱收银台/ }).click()]);
  await phone.getByRole('button', { name: '确认支付' }).click();
  await expect(phone.getByText('已支付')).toBeVisible();
  await phone.close();
}

/** Pays the order, online at the gateway's own cashier. Ends on the order. */
export async function pay(page: Page, number: string, tender: Tender): Promise<void> {
  if (!page.url().endsWith(`/orders/${number}/pay`)) await page.goto(`/orders/${number}/pay`);
  await tick(page.getByRole('radio', { name: tender }));
  await page.getByRole('button', { name: '确认付款' }).click();
  if (page.url().endsWith('/pay/code')) {
    await scan(page);
    // The waiting page asks by itself, and may be on its way to the order already.
    await page.goto(`/orders/${number}/pay/code`).catch(() => undefined);
  } else if (tender === '微信支付' || tender === '支付宝') {
    await page.getByRole('button', { name: '确认支付' }).click();
  }
  await page.waitForURL(`**/orders/${number}`);
  await expectState(page, '待发货');
}

/** An order that is paid, from the shelf to the cashier; its number. */
export async function buy(page: Page, wishes: Wish[], tender: Tender = '微信支付', extras: Extras = {}): Promise<string> {
  const number = await order(page, wishes, extras);
  await pay(page, number, tender);
  return number;
}

/** 「确认收货」 on the order that is open. */
export async function receive(page: Page): Promise<void> {
  await submit(await openDialog(page, '确认收货'), '确认收货');
  await expectState(page, '已完成');
}

/** The state that a buyer's page is headed by, however long its news take. */
export async function expectState(page: Page, state: string): Promise<void> {
  await expect(async () => {
    const heading = page.getByRole('heading', { level: 1, name: state, exact: true });
    await expect(heading).toBeVisible({ timeout: 1_000 }).catch(async (missing) => {
      await page.reload();
      throw missing;
    });
  }).toPass();
}
