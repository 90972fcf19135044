import { buy, receive } from '../support/buying';
import { answer, claim, expectCase, sendBack, takeBack } from '../support/claiming';
import { openDialog, submit } from '../support/hand';
import { ship, waybill } from '../support/selling';
import { expect, test } from '../support/shop';

test('goods are exchanged for the same in good order', async ({ open }) => {
  const buyer = await open('13800000003');
  const staff = await open('owner');
  const order = await buy(buyer, [{ title: '青花手绘盖碗 150ml', spec: '素白' }]);
  await ship(staff, order);
  await buyer.reload();
  await receive(buyer);

  const number = await claim(buyer, order, { kind: '换货', reason: '商品质量问题', note: '碗沿缺釉', pictures: true });
  await answer(staff, number, '处理换货申请', { decision: '通过申请（需要客户寄回商品）' });
  await sendBack(buyer, number);
  await takeBack(staff, number, { 完好: '0', 瑕疵: '1' });
  await expectCase(buyer, number, '等待商家发出换货', '待换货发出');

  const tracking = waybill();
  await test.step('the replacement leaves', async () => {
    await staff.goto(`/merchant/after-sales/${number}`);
    const dialog = await openDialog(staff, '换货发出');
    await expect(dialog).toContainText('衡山路 8 号 1102 室');
    await dialog.getByLabel('快递公司').selectOption('顺丰速运');
    await dialog.getByLabel('快递单号').fill(tracking);
    await submit(dialog, '换货发出');
    await expect(staff.getByText('换货已发出，买家会收到通知')).toBeVisible();
  });

  await test.step('and arrives', async () => {
    await expectCase(buyer, number, '换货已发出', '待确认收货');
    await expect(buyer.getByText(tracking).first()).toBeVisible();
    await buyer.getByRole('button', { name: '确认收货' }).click();
    await expectCase(buyer, number, '换货完成', '换货完成');
  });
});
