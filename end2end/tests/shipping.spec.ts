import { type Locator } from '@playwright/test';
import { buy, expectState, order } from '../support/buying';
import { openDialog, submit } from '../support/hand';
import { openOrder, ship, waybill } from '../support/selling';
import { expect, test } from '../support/shop';

const TRAY = '竹制排水茶盘';
const CUPS = '汝窑开片品茗杯 六只装';

/** The parcel of this number in the dialog 「确认发货」, filled in. */
async function pack(dialog: Locator, number: number, units: Record<string, number>): Promise<string> {
  const parcel = dialog.getByRole('group', { name: `包裹 ${number}` });
  const tracking = waybill();
  await parcel.getByLabel('快递公司').selectOption('顺丰速运');
  await parcel.getByLabel('快递单号').fill(tracking);
  for (const [title, quantity] of Object.entries(units)) await parcel.getByLabel(`${title}`).fill(String(quantity));
  return tracking;
}

test('an order leaves in several parcels, by line and quantity', async ({ open }) => {
  const buyer = await open('13800000003');
  const staff = await open('warehouse');
  const number = await buy(buyer, [{ title: TRAY, spec: '43×28cm' }, { title: CUPS, spec: '天青', quantity: 3 }]);

  const sent: string[] = [];
  await test.step('two parcels at once, one piece stays behind', async () => {
    await openOrder(staff, number);
    const dialog = await openDialog(staff, '确认发货');
    sent.push(await pack(dialog, 1, { [TRAY]: 1, [CUPS]: 0 }));
    await dialog.getByRole('button', { name: '添加包裹' }).click();
    sent.push(await pack(dialog, 2, { [TRAY]: 0, [CUPS]: 2 }));
    await submit(dialog, '确认发货');
    await expect(staff.getByText('还有 1 件待发货')).toBeVisible();
    await buyer.goto(`/orders/${number}`);
    await expectState(buyer, '部分发货');
    await expect(buyer.getByText('已发 2 件，待发 1 件')).toBeVisible();
  });

  await test.step('more than there is left is refused', async () => {
    const dialog = await openDialog(staff, '确认发货');
    await pack(dialog, 1, { [CUPS]: 2 });
    await submit(dialog, '确认发货');
    await expect(dialog.getByRole('alert')).toContainText('最多还能发 1 件');
  });

  await test.step('the last piece follows', async () => {
    await openOrder(staff, number);
    const dialog = await openDialog(staff, '确认发货');
    sent.push(await pack(dialog, 1, { [CUPS]: 1 }));
    await submit(dialog, '确认发货');
    await buyer.goto(`/orders/${number}`);
    await expectState(buyer, '待收货');
    for (const tracking of sent) await expect(buyer.getByText(tracking, { exact: true })).toBeVisible();
    await expect(buyer.getByText(/^包裹 3/)).toBeVisible();
  });
});

test('cash is collected at the door', async ({ open }) => {
  const buyer = await open('13800000004');
  const staff = await open('owner');
  const number = await buy(buyer, [{ title: '檀香线香 附小香炉', spec: '线香一盒' }], '货到付款');
  await expect(buyer.getByText('收货时付')).toBeVisible();
  await ship(staff, number);
  const dialog = await openDialog(staff, '确认收货');
  await expect(dialog).toContainText('货到付款 ¥68.00 将同时记为已收款');
  await submit(dialog, '确认收货');
  await expect(staff.getByText('已代买家确认收货')).toBeVisible();
  await buyer.reload();
  await expectState(buyer, '已完成');
  await expect(buyer.getByText('收货时付')).toHaveCount(0);
});

test('money that came elsewhere is confirmed by finance', async ({ open }) => {
  const buyer = await open('13800000004');
  const finance = await open('finance');
  const number = await order(buyer, [{ title: '檀香线香 附小香炉', spec: '线香 + 香炉' }]);
  await openOrder(finance, number);
  const dialog = await openDialog(finance, '确认付款');
  await expect(dialog).toContainText('¥128.00');
  await dialog.getByLabel('收款说明').fill('对公转账，尾号 8821');
  await submit(dialog, '确认付款');
  await expect(finance.getByText('已确认收到付款，订单待发货')).toBeVisible();
  await buyer.goto(`/orders/${number}`);
  await expectState(buyer, '待发货');
});
