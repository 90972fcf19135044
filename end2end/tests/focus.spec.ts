import { type Page } from '@playwright/test';
import { buy, order, receive } from '../support/buying';
import { answer, claim } from '../support/claiming';
import { openDialog, submit } from '../support/hand';
import { openOrder, ship, waybill } from '../support/selling';
import { expect, test } from '../support/shop';

/** What was done is said: by the page that one is led to, which has the focus there, or where one stands, and the hand stays where it was. */
async function expectDone(page: Page, words: string, where: 'here' | 'there'): Promise<void> {
  const said = page.getByRole('status').filter({ hasText: words });
  if (where === 'there' || test.info().project.use.javaScriptEnabled === false) return expect(said).toBeFocused();
  await expect(said).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('main, section') !== null)).toBe(true);
}

const HONEY = { title: '山花蜂蜜 500g', spec: '两瓶' };

test('what has been done has the focus and is told, with scripts and without', { tag: '@any-engine' }, async ({ open }) => {
  test.setTimeout(120_000);
  const [buyer, staff] = [await open('13800000005'), await open('owner')];
  const number = await buy(buyer, [HONEY]);
  await ship(staff, number);
  await expectDone(staff, '已发货，已通知买家', 'here');

  await buyer.goto(`/orders/${number}`);
  await receive(buyer);
  await expectDone(buyer, '已确认收货', 'here');
  const one = await claim(buyer, number, { kind: '退货退款', reason: '商品质量问题', pictures: true });
  await expectDone(buyer, '申请已提交', 'there');
  await answer(staff, one, '处理退货申请', { decision: '通过申请（需要客户寄回商品）' });
  await expectDone(staff, '已同意退货', 'here');
  await buyer.goto(`/after-sales/${one}`);
  const asked = await openDialog(buyer, '撤销申请');
  await submit(asked, '确认撤销');
  await expectDone(buyer, '申请已撤销', 'here');

  const unpaid = await order(buyer, [HONEY]);
  await buyer.goto(`/orders/${unpaid}`);
  const cancel = await openDialog(buyer, '取消订单');
  await expect(cancel.getByRole('button', { name: '再想想', exact: true })).toBeVisible();
  await expect(cancel.getByRole('button', { name: '取消', exact: true })).toHaveCount(0);
  await submit(cancel, '确认取消订单');
  await expectDone(buyer, '订单已取消', 'here');
  await expect(buyer.getByText('您已取消订单').first()).toBeVisible();
  await expect(buyer.getByText('买家取消订单')).toHaveCount(0);
});

test('a dialog begins with its first field, and Enter in a field ships nothing', { tag: '@any-engine' }, async ({ open, javaScriptEnabled }) => {
  const [buyer, staff] = [await open('13800000005'), await open('owner')];
  const number = await buy(buyer, [HONEY]);
  await openOrder(staff, number);
  await staff.waitForLoadState('networkidle');
  const dialog = await openDialog(staff, '确认发货');
  const [courier, tracking] = [dialog.getByLabel('快递公司'), dialog.getByLabel('快递单号')];
  if (javaScriptEnabled) await expect(courier).toBeFocused();
  await courier.selectOption('顺丰速运');
  await tracking.fill(waybill());
  const typed = await tracking.inputValue();
  await tracking.press('Enter');
  if (javaScriptEnabled) await expect(dialog.getByLabel(/数量$/)).toBeFocused();
  await expect(dialog).toBeVisible();
  await expect(tracking).toHaveValue(typed);
  await buyer.goto(`/orders/${number}`);
  await expect(buyer.getByRole('heading', { level: 1 })).toHaveText('待发货');
  await submit(dialog, '确认发货');
  await expect(staff.getByText('已发货，已通知买家')).toBeVisible();

  // Receipt is the buyer's to say: the shop's button stands back, and asks.
  const receive = staff.getByRole('button', { name: '确认收货', exact: true });
  await expect(receive).not.toHaveClass(/button--primary/);
  await expect(await openDialog(staff, '确认收货')).toContainText('请先与买家确认');
});
