import { type Page } from '@playwright/test';
import { buy, expectState, order, pay } from '../support/buying';
import { answer, claim, expectCase } from '../support/claiming';
import { openDialog, submit } from '../support/hand';
import { register } from '../support/people';
import { expect, test } from '../support/shop';

const BUYER = '13800000003';

/** The movement of the wallet that this order caused. */
async function expectMovement(page: Page, account: 'points' | 'balance', order: string, cause: string, amount: string): Promise<void> {
  await page.goto(`/me/wallet?account=${account}`);
  const row = page.locator('.list-row').filter({ hasText: order }).filter({ hasText: cause });
  await expect(row).toContainText(amount);
}

test('points and balance are held while nobody has paid, and come back when the order is cancelled', async ({ open }) => {
  const buyer = await open(BUYER);
  const number = await order(buyer, [{ title: '桐乡胎菊 头采', spec: '160g' }], { points: '1200', balance: '20.50' });
  await expect(buyer.getByText('已用积分')).toBeVisible();
  await expectMovement(buyer, 'points', number, '下单抵扣', '−1,200 积分');
  await expectMovement(buyer, 'balance', number, '下单抵扣', '−¥20.50');

  await buyer.goto(`/orders/${number}`);
  await submit(await openDialog(buyer, '取消订单'), '确认取消订单');
  await expectState(buyer, '已关闭');
  await expectMovement(buyer, 'points', number, '订单取消退回', '+1,200 积分');
  await expectMovement(buyer, 'balance', number, '订单取消退回', '+¥20.50');
});

test('a refund of several tenders goes back to where each came from', async ({ open }) => {
  const buyer = await open(BUYER);
  const number = await order(buyer, [{ title: '桐乡胎菊 头采', spec: '80g' }], { points: '1000', balance: '15' });
  // ¥49.00 and ¥10.00 freight, less ¥10.00 in points and ¥15.00 of the balance.
  await expect(buyer.getByText('¥34.00').first()).toBeVisible();
  await pay(buyer, number, '支付宝');

  const refund = await claim(buyer, number, { kind: '仅退款不退货', reason: '重复下单' });
  await expect(buyer.getByText('原路退回').first()).toBeVisible();
  await answer(await open('service'), refund, '处理退款申请', { decision: '同意退款（无需客户寄回商品）' });
  await expectCase(buyer, refund, '退款成功', '已退款');
  await expectMovement(buyer, 'points', number, '售后退款', '+1,000 积分');
  await expectMovement(buyer, 'balance', number, '售后退款', '+¥15.00');
  await buyer.goto(`/orders/${number}`);
  await expect(buyer.getByText('退至支付宝')).toBeVisible();
  await expect(buyer.getByText('¥34.00').first()).toBeVisible();
});

test('a whole order is paid out of the purse', async ({ open }) => {
  const richInBalance = await open('13800000001');
  const byBalance = await buy(richInBalance, [{ title: '加厚棉麻茶巾 三条装' }], '余额');
  await expectMovement(richInBalance, 'balance', byBalance, '付款', '−¥39.90');
  const richInPoints = await open(BUYER);
  const byPoints = await buy(richInPoints, [{ title: '加厚棉麻茶巾 三条装' }], '积分');
  await expectMovement(richInPoints, 'points', byPoints, '付款', '−3,990 积分');
});

test('finance puts money into a purse with a reason, and the member reads it', { tag: '@once' }, async ({ open }) => {
  const [buyer, finance] = [await open(), await open('finance')];
  const phone = await register(buyer, '充值客');
  await buy(buyer, [{ title: '桂花糕 现做 十块' }]);
  await finance.goto(`/merchant/members?q=${phone}`);
  await finance.getByRole('link', { name: /^查看 充/ }).click();
  await finance.getByLabel('数额').fill('88.005');
  await finance.getByLabel('原因').fill('门店现金充值');
  await finance.getByRole('button', { name: '确认', exact: true }).click();
  await expect(finance.getByRole('alert').first()).toContainText('小数');
  await expect(finance.getByLabel('原因')).toHaveValue('门店现金充值');
  await finance.getByLabel('数额').fill('88');
  await finance.getByRole('button', { name: '确认', exact: true }).click();
  await expect(finance.getByText('已登记，会员可以在钱包里看到')).toBeVisible();
  await buyer.goto('/me/wallet?account=balance');
  await expect(buyer.locator('.list-row').filter({ hasText: '门店现金充值' })).toContainText('+¥88.00');
});
