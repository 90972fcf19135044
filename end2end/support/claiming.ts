import { type Page, expect } from '@playwright/test';
import { expectState } from './buying';
import { openDialog, submit, tick } from './hand';
import { waybill } from './selling';

/** An application, in the words of its form. */
export type Claim = {
  kind: '仅退款不退货' | '退货退款' | '换货';
  reason: string;
  amount?: string;
  note?: string;
  pictures?: boolean;
};

/** A picture as a phone might send it, only smaller. */
export const PHOTO = {
  name: 'photo.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR42mOYluBGEmIY1TCqYfhqAABPbDwQh/VqSwAAAABJRU5ErkJggg==',
    'base64',
  ),
};

/** Fills in the application that is open. */
export async function fillClaim(page: Page, claim: Claim): Promise<void> {
  await tick(page.getByRole('radio', { name: claim.kind, exact: true }));
  await page.getByLabel('退款原因').selectOption(claim.reason);
  if (claim.amount) await page.getByLabel('退款金额').fill(claim.amount);
  if (claim.note) await page.getByLabel('说明').fill(claim.note);
  if (claim.pictures) await page.getByLabel('上传凭证').setInputFiles(PHOTO);
}

/** 「申请退款」 or 「申请售后」 from the order's own button; the number of the case. */
export async function claim(page: Page, order: string, what: Claim): Promise<string> {
  await page.goto(`/orders/${order}`);
  await page.getByRole('link', { name: /^申请(退款|售后)$/ }).click();
  await fillClaim(page, what);
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.waitForURL(/\/after-sales\/[^/]+$/);
  await expectState(page, '等待商家处理');
  return new URL(page.url()).pathname.split('/').pop() ?? '';
}

/** The buyer's page of a case: its headline, and its state in the words of the list. */
export async function expectCase(page: Page, number: string, headline: string, state: string): Promise<void> {
  if (!page.url().endsWith(`/after-sales/${number}`)) await page.goto(`/after-sales/${number}`);
  await expectState(page, headline);
  await expect(page.getByRole('definition').filter({ hasText: new RegExp(`^${state}$`) })).toBeVisible();
}

/** 「填写退货信息」; the waybill number. */
export async function sendBack(page: Page, number: string): Promise<string> {
  const tracking = waybill();
  await page.goto(`/after-sales/${number}`);
  await page.getByRole('link', { name: '填写退货信息' }).click();
  await page.getByLabel('快递公司').selectOption('顺丰速运');
  await page.getByLabel('快递单号').fill(tracking);
  await page.getByLabel('快递单照片').setInputFiles(PHOTO);
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await expectState(page, '等待商家收货');
  return tracking;
}

/** What the shop answers to an application. */
export type Answer =
  | { decision: '驳回'; reason: string }
  | { decision: '通过申请（需要客户寄回商品）' }
  | { decision: '同意退款（无需客户寄回商品）' }
  | { decision: '手动退款'; voucher: string };

/** The dialog of this name on the case, and the answer given in it. */
export async function answer(page: Page, number: string, dialogName: string, what: Answer): Promise<void> {
  await page.goto(`/merchant/after-sales/${number}`);
  const dialog = await openDialog(page, dialogName);
  await tick(dialog.getByRole('radio', { name: what.decision, exact: true }));
  if (what.decision === '驳回') {
    await dialog.getByLabel('驳回原因').fill(what.reason);
    await dialog.getByLabel('驳回凭证').setInputFiles(PHOTO);
  }
  if (what.decision === '手动退款') {
    await dialog.getByLabel('退款凭证').fill(what.voucher);
    await dialog.getByLabel('已征得买家同意不原路退回').check();
  }
  await submit(dialog, '确认提交');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('status').filter({ hasText: '已' })).toBeVisible();
}

/** 「确认收到退货」, everything in good order unless said otherwise. */
export async function takeBack(page: Page, number: string, found: { 完好?: string; 瑕疵?: string } = {}): Promise<void> {
  await page.goto(`/merchant/after-sales/${number}`);
  const dialog = await openDialog(page, '确认收到退货');
  for (const [label, units] of Object.entries(found)) await dialog.getByLabel(label).fill(units);
  await submit(dialog, '确认收到退货');
  await expect(page.getByText('已确认收到退货')).toBeVisible();
}

/** 「同意退款」 or 「手动退款」 once the goods are back. */
export async function settle(page: Page, number: string, decision: '同意退款' | '手动退款' | '驳回', words = ''): Promise<void> {
  await page.goto(`/merchant/after-sales/${number}`);
  await page.getByRole('button', { name: decision, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '处理退款' });
  await expect(dialog.getByRole('radio', { name: decision, exact: true })).toBeChecked();
  if (decision === '手动退款') {
    await dialog.getByLabel('退款凭证').fill(words);
    await dialog.getByLabel('已征得买家同意不原路退回').check();
  }
  if (decision === '驳回') {
    await dialog.getByLabel('驳回原因').fill(words);
    await dialog.getByLabel('驳回凭证').setInputFiles(PHOTO);
  }
  await submit(dialog, '确认提交');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('status').filter({ hasText: '已' })).toBeVisible();
}
