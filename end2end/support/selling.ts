import { type Locator, type Page, expect, test } from '@playwright/test';
import { openDialog, submit } from './hand';

let parcels = 0;

/** A waybill number that looks like one of 顺丰速运 and was never used. */
export function waybill(): string {
  parcels += 1;
  return `SF${String(Date.now()).slice(-9)}${String(parcels).padStart(4, '0')}`;
}

/** Opens the order of this number among the shop's. */
export async function openOrder(page: Page, number: string): Promise<void> {
  await page.goto(`/merchant/orders?q=${number}`);
  await page.getByRole('link', { name: number, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(number);
}

/** Sends 「修改价格」; without scripts the new total is told first, and the form sent again. */
export async function changePrice(dialog: Locator): Promise<void> {
  await submit(dialog, '修改价格');
  if (test.info().project.use.javaScriptEnabled === false) {
    await expect(dialog.getByRole('alert')).toContainText('请核对后再次提交');
    await submit(dialog, '修改价格');
  }
  await expect(dialog).toBeHidden();
}

/** 「确认发货」, everything in one parcel; the waybill number. */
export async function ship(page: Page, number: string): Promise<string> {
  await openOrder(page, number);
  const dialog = await openDialog(page, '确认发货');
  const tracking = waybill();
  await dialog.getByLabel('快递公司').selectOption('顺丰速运');
  await dialog.getByLabel('快递单号').fill(tracking);
  await submit(dialog, '确认发货');
  await expect(page.getByText('已发货，已通知买家')).toBeVisible();
  return tracking;
}

/** Lays a channel's bill of a day against the shop's books. */
export async function uploadBill(page: Page, channel: '微信支付' | '支付宝', day: string, buffer: Buffer): Promise<void> {
  await page.goto('/merchant/reconciliation');
  await page.getByLabel('渠道').selectOption(channel);
  await page.getByLabel('账单日期').fill(day);
  await page.getByLabel('账单文件').setInputFiles({ name: 'bill.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: '上传并对账' }).click();
}
