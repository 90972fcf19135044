import { buy, expectState, order } from '../support/buying';
import { answer, claim, expectCase } from '../support/claiming';
import { openDialog, submit } from '../support/hand';
import { openOrder } from '../support/selling';
import { expect, test } from '../support/shop';

const title = '山花蜂蜜 500g';

test('what was not shipped yet is paid back, and nothing is asked without 处理方式 and 退款原因', async ({ open }) => {
  const buyer = await open('13800000005');
  const staff = await open('owner');
  const number = await buy(buyer, [{ title, spec: '两瓶' }]);

  await test.step('both fields say what is missing, what was typed stays', async () => {
    await buyer.goto(`/orders/${number}/after-sale`);
    await buyer.getByLabel('说明').fill('还没发货就不要了');
    await buyer.getByRole('button', { name: '提交申请' }).click();
    await expect(buyer.getByRole('alert')).toContainText('请选择处理方式');
    await expect(buyer.getByRole('alert')).toContainText('请选择退款原因');
    await expect(buyer.getByRole('radiogroup', { name: '处理方式' })).toHaveAccessibleDescription(/请选择处理方式/);
    await expect(buyer.getByLabel('退款原因')).toHaveAccessibleDescription(/请选择退款原因/);
    await expect(buyer.getByLabel('说明')).toHaveValue('还没发货就不要了');
    await buyer.goto(`/orders/${number}`);
    await expect(buyer.getByText('待商家处理')).toHaveCount(0);
  });

  const refund = await claim(buyer, number, { kind: '仅退款不退货', reason: '拍错/不想要', note: '还没发货就不要了' });
  await test.step('it cannot be shipped meanwhile', async () => {
    await openOrder(staff, number);
    await expect(staff.getByText('暂停发货')).toBeVisible();
  });
  await answer(staff, refund, '处理退款申请', { decision: '同意退款（无需客户寄回商品）' });
  await expectCase(buyer, refund, '退款成功', '已退款');
  await buyer.goto(`/orders/${number}`);
  await expectState(buyer, '已关闭');
  await expect(buyer.getByText('发货前已全额退款，订单关闭').first()).toBeVisible();
});

test('an unpaid order is cancelled by its buyer', async ({ open }) => {
  const buyer = await open('13800000005');
  const number = await order(buyer, [{ title, spec: '500g' }]);
  await buyer.goto(`/orders/${number}`);
  await submit(await openDialog(buyer, '取消订单'), '确认取消订单');
  await expectState(buyer, '已关闭');
  await expect(buyer.getByText('您已取消订单').first()).toBeVisible();

  const staff = await open('owner');
  await staff.goto('/merchant/orders?status=closed');
  await expect(staff.getByRole('row').filter({ hasText: number })).toBeVisible();
});

test('an unpaid order is closed by the shop', async ({ open }) => {
  const buyer = await open('13800000005');
  const staff = await open('service');
  const number = await order(buyer, [{ title, spec: '500g' }]);
  await openOrder(staff, number);
  await submit(await openDialog(staff, '关闭订单'), '关闭订单');
  await expect(staff.getByText('订单已关闭，已通知买家')).toBeVisible();
  await buyer.goto(`/orders/${number}`);
  await expectState(buyer, '已关闭');
  await expect(buyer.getByText('商家关闭订单').first()).toBeVisible();
});
