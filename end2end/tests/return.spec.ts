import { buy, receive } from '../support/buying';
import { answer, claim, expectCase, fillClaim, sendBack, settle, takeBack } from '../support/claiming';
import { ship } from '../support/selling';
import { expect, test } from '../support/shop';

const title = '耐热玻璃泡茶壶 竹盖';

test('goods received go back: rejected, asked again, approved, returned, refunded', async ({ open }) => {
  const buyer = await open('13800000002');
  const staff = await open('owner');
  const order = await buy(buyer, [{ title, spec: '1000ml' }]);
  await ship(staff, order);
  await buyer.reload();
  await receive(buyer);

  const number = await claim(buyer, order, { kind: '退货退款', reason: '商品质量问题', note: '壶盖有裂纹', pictures: true });

  await test.step('the shop finds it in its queue and rejects it', async () => {
    await staff.goto('/merchant/after-sales?queue=return');
    await staff.getByRole('row').filter({ hasText: number }).getByRole('link', { name: '处理' }).click();
    await expect(staff.getByText('壶盖有裂纹', { exact: true })).toBeVisible();
    await expect(staff.getByRole('img', { name: /买家凭证/ }).first()).toBeVisible();
    await answer(staff, number, '处理退货申请', { decision: '驳回', reason: '请补充裂纹的近照' });
    await expectCase(buyer, number, '商家驳回了申请', '已驳回');
    await expect(buyer.getByText('请补充裂纹的近照').first()).toBeVisible();
  });

  await test.step('the buyer changes the application', async () => {
    await buyer.getByRole('link', { name: '修改申请' }).click();
    await expect(buyer.getByLabel('说明')).toHaveValue('壶盖有裂纹');
    await fillClaim(buyer, { kind: '退货退款', reason: '商品质量问题', note: '壶盖有裂纹，已补照片', pictures: true });
    await buyer.getByRole('button', { name: '提交申请' }).click();
    await expectCase(buyer, number, '等待商家处理', '待商家处理');
  });

  await test.step('the shop approves and wants the goods back', async () => {
    await answer(staff, number, '处理退货申请', { decision: '通过申请（需要客户寄回商品）' });
    await expectCase(buyer, number, '请寄回商品', '待退货');
    await expect(buyer.getByText('龙井路 18 号 山间茶铺售后部').first()).toBeVisible();
    await buyer.goto('/me/messages');
    await expect(buyer.getByRole('link', { name: '请寄回商品' }).first()).toBeVisible();
  });

  await test.step('the goods travel back and are looked at', async () => {
    const tracking = await sendBack(buyer, number);
    await staff.goto('/merchant/after-sales?queue=awaiting-receipt');
    await staff.getByRole('row').filter({ hasText: number }).getByRole('link', { name: '处理' }).click();
    await expect(staff.getByText(tracking).first()).toBeVisible();
    await takeBack(staff, number);
  });

  await test.step('the money goes back', async () => {
    await settle(staff, number, '同意退款');
    await expectCase(buyer, number, '退款成功', '已退款');
    await buyer.goto(`/orders/${order}`);
    await expect(buyer.getByText('已退款 · ¥99.00')).toBeVisible();
    await staff.goto(`/merchant/refunds?q=${order}`);
    await expect(staff.getByRole('row').filter({ hasText: order })).toContainText('¥99.00');
    await expect(staff.getByRole('row').filter({ hasText: order })).toContainText('已到账');
  });
});

test('goods received go back and are paid back by hand', async ({ open }) => {
  const buyer = await open('13800000002');
  const staff = await open('owner');
  const order = await buy(buyer, [{ title, spec: '600ml' }], '支付宝');
  await ship(staff, order);
  await buyer.reload();
  await receive(buyer);

  const number = await claim(buyer, order, { kind: '退货退款', reason: '七天无理由退货' });
  await answer(staff, number, '处理退货申请', { decision: '通过申请（需要客户寄回商品）' });
  await sendBack(buyer, number);
  await takeBack(staff, number, { 完好: '0', 瑕疵: '1' });
  await settle(staff, number, '手动退款', '微信转账 1000 0821');
  await expectCase(buyer, number, '退款成功', '已退款');
  await expect(buyer.getByText('微信转账 1000 0821').first()).toBeVisible();
});
