import { expectState, order, pay, receive } from '../support/buying';
import { openDialog, submit, tick } from '../support/hand';
import { changePrice, openOrder, waybill } from '../support/selling';
import { expect, test } from '../support/shop';

test('an order is placed, changed in price, paid, shipped, received and reviewed', async ({ open }) => {
  const buyer = await open('13800000001');
  const staff = await open('owner');
  const title = '西湖龙井 雨前 纸包老茶客装';

  const number = await order(buyer, [{ title, spec: '100g' }], { remark: '请放门卫' });
  await expect(buyer.getByText('¥108.00').first()).toBeVisible();

  await test.step('the shop raises goods by ¥100 and freight by ¥10, then takes ¥50 off', async () => {
    await staff.goto('/merchant/orders?status=pending_payment');
    await staff.getByRole('link', { name: number }).click();
    let dialog = await openDialog(staff, '修改价格');
    await dialog.getByLabel('商品改价').fill('100');
    await dialog.getByLabel('运费改价').fill('10');
    await changePrice(dialog);
    await expect(staff.getByText('价格已修改，已通知买家')).toBeVisible();
    dialog = await openDialog(staff, '修改价格');
    await expect(dialog).toContainText('¥218.00');
    await dialog.getByLabel('商品改价').fill('—50');
    await changePrice(dialog);
    await expect(staff.getByText('价格已修改，已通知买家')).toBeVisible();
  });

  await test.step('the buyer sees the new price and pays it', async () => {
    await buyer.goto(`/orders/${number}`);
    await expect(buyer.getByText('¥168.00').first()).toBeVisible();
    await buyer.getByRole('link', { name: '去付款' }).click();
    await pay(buyer, number, '微信支付');
  });

  const tracking = waybill();
  await test.step('the shop ships it from its list', async () => {
    await staff.goto('/merchant/orders?status=awaiting_shipment');
    await staff.getByRole('row').filter({ hasText: number }).getByRole('link', { name: '确认发货' }).click();
    const dialog = staff.getByRole('dialog', { name: '确认发货' });
    await expect(dialog).toContainText('王小满');
    await expect(dialog).toContainText('13800000001');
    await expect(dialog).toContainText('文三路 90 号 3 幢 502 室');
    await dialog.getByLabel('快递公司').selectOption('顺丰速运');
    await dialog.getByLabel('快递单号').fill(tracking);
    await submit(dialog, '确认发货');
    await expect(staff.getByText('已发货，已通知买家')).toBeVisible();
    await expect(staff.getByText('待收货').first()).toBeVisible();
  });

  await test.step('the buyer finds the parcel and confirms its receipt', async () => {
    await buyer.goto('/orders?status=awaiting_receipt');
    await buyer.getByRole('article').filter({ hasText: title }).getByRole('link', { name: '查看物流' }).click();
    await expect(buyer.getByText(tracking, { exact: true })).toBeVisible();
    await receive(buyer);
  });

  await test.step('the shop sees the order completed', async () => {
    await openOrder(staff, number);
    await expect(staff.getByText('已完成').first()).toBeVisible();
  });

  await test.step('the buyer reviews the tea, the shop reads and answers it', async () => {
    await buyer.getByRole('link', { name: '评价' }).click();
    await tick(buyer.getByRole('radio', { name: '5 星' }));
    await buyer.getByLabel('评价内容').fill(`豆香明显，回甘持久 ${number}`);
    await buyer.getByRole('button', { name: '提交评价' }).click();
    await expect(buyer.getByText('评价已提交，谢谢您的分享')).toBeVisible();

    await staff.goto('/merchant/reviews');
    const row = staff.getByRole('row').filter({ hasText: number });
    await expect(row).toContainText('王小满');
    await expect(row.getByRole('img', { name: '5 星' })).toBeVisible();
    await row.getByRole('link', { name: '回复' }).click();
    const dialog = staff.getByRole('dialog', { name: '回复评价' });
    await dialog.getByLabel('回复内容').fill('谢谢喜欢，欢迎再来');
    await submit(dialog, '回复');
    await expect(staff.getByRole('row').filter({ hasText: number })).toContainText('谢谢喜欢，欢迎再来');

    await buyer.goto(`/orders/${number}/review`);
    await expect(buyer.getByText('谢谢喜欢，欢迎再来')).toBeVisible();
    await buyer.goto(`/orders/${number}`);
    await expectState(buyer, '已完成');
    await expect(buyer.getByRole('link', { name: '评价', exact: true })).toHaveCount(0);
  });
});
