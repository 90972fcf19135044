import { buy } from '../support/buying';
import { answer, claim, expectCase, sendBack, settle, takeBack } from '../support/claiming';
import { ship } from '../support/selling';
import { expect, test } from '../support/shop';

const title = '便携旅行茶具 一壶三杯';

test('goods on their way are paid back without a return', async ({ open }) => {
  const buyer = await open('13800000004');
  const staff = await open('service');
  const order = await buy(buyer, [{ title, spec: '抹茶绿' }]);
  await ship(await open('warehouse'), order);

  await test.step('an exchange is not offered, and why is said', async () => {
    await buyer.goto(`/orders/${order}/after-sale`);
    await expect(buyer.getByRole('radio', { name: '仅退款不退货' })).toBeVisible();
    await expect(buyer.getByRole('radio', { name: '退货退款' })).toBeVisible();
    await expect(buyer.getByRole('radio', { name: '换货' })).toHaveCount(0);
    await expect(buyer.getByText('待收货不支持换货，请先确认收货再申请换货')).toBeVisible();
  });

  const number = await claim(buyer, order, { kind: '仅退款不退货', reason: '已与商家协商拦截包裹' });
  await test.step('receipt does not confirm itself meanwhile', async () => {
    await buyer.goto(`/orders/${order}`);
    await expect(buyer.getByText('自动确认收货已暂停')).toBeVisible();
  });
  await answer(staff, number, '处理退款申请', { decision: '同意退款（无需客户寄回商品）' });
  await expectCase(buyer, number, '退款成功', '已退款');
});

test('goods on their way are refused at the door and come back', async ({ open }) => {
  const buyer = await open('13800000004');
  const staff = await open('owner');
  const order = await buy(buyer, [{ title, spec: '石墨黑' }]);
  await ship(staff, order);

  const number = await claim(buyer, order, { kind: '退货退款', reason: '已拒收包裹' });
  await answer(staff, number, '处理退货申请', { decision: '通过申请（需要客户寄回商品）' });
  await sendBack(buyer, number);
  await takeBack(staff, number);
  await settle(staff, number, '同意退款');
  await expectCase(buyer, number, '退款成功', '已退款');
  await buyer.goto(`/orders/${order}`);
  await expect(buyer.getByText('已退款 · ¥89.00')).toBeVisible();
});
