import { type Page } from '@playwright/test';
import { buy, order, receive } from '../support/buying';
import { answer, claim, expectCase } from '../support/claiming';
import { openDialog, submit, tick } from '../support/hand';
import { NEW_PASSWORD, logInBuyer, register } from '../support/people';
import { openOrder, ship } from '../support/selling';
import { expect, test } from '../support/shop';

const goods = [{ title: '福鼎老白茶 寿眉 2019 茶饼', spec: '一饼', quantity: 2 }];

/** 「提交申请」, which is refused with these words on top and beside the field. */
async function expectRefused(page: Page, field: string, words: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: '提交申请' }).click();
  await expect(page.getByRole('alert').first()).toContainText(words);
  await expect(page.getByLabel(field)).toHaveAccessibleDescription(words instanceof RegExp ? words : new RegExp(words));
}

test.describe('what cannot be is refused in words, and what was typed stays', { tag: '@once' }, () => {
  test('amounts, quantities and pictures of an application', async ({ open }) => {
    const [buyer, staff] = [await open('13800000002'), await open('owner')];
    const number = await buy(buyer, goods);
    await ship(staff, number);
    await buyer.reload();
    await receive(buyer);
    await buyer.getByRole('link', { name: '申请售后', exact: true }).click();
    await tick(buyer.getByRole('radio', { name: '仅退款不退货' }));
    await buyer.getByLabel('退款原因').selectOption('少件/漏发');
    await buyer.getByLabel('说明').fill('少了一饼');

    const amount = buyer.getByLabel('退款金额');
    for (const [typed, words] of [
      ['0', '退款金额必须大于 0'],
      ['-5', '金额不能是负数'],
      ['1.005', '金额最多两位小数'],
      ['一百', '金额只能是数字'],
      ['472.01', '退款金额最多 ¥472.00'],
    ] as const) {
      await amount.fill(typed);
      await expectRefused(buyer, '退款金额', words);
      await expect(amount).toHaveValue(typed);
      await expect(buyer.getByLabel('说明')).toHaveValue('少了一饼');
    }
    await amount.fill('');

    const quantity = buyer.getByLabel(/申请数量/);
    await quantity.fill('3');
    await buyer.getByRole('button', { name: '提交申请' }).click();
    await expect(buyer.getByRole('alert').first()).toContainText('最多还能申请 2 件');
    await expect(quantity).toHaveValue('3');
    await quantity.fill('1');

    await buyer.getByLabel('上传凭证').setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<svg onload="alert(1)"/>') });
    await expect(buyer.getByRole('alert').filter({ hasText: '「photo.jpg」不是能打开的图片，没有加入' })).toBeVisible();
    await expect(buyer.getByRole('radio', { name: '仅退款不退货' })).toBeChecked();
    await buyer.getByRole('button', { name: '提交申请' }).click();
    await buyer.waitForURL(/\/after-sales\/[^/]+$/);
  });

  test('prices and waybills of the shop', async ({ open }) => {
    const [buyer, staff] = [await open('13800000002'), await open('owner')];
    const unpaid = await order(buyer, goods);
    await openOrder(staff, unpaid);
    const price = await openDialog(staff, '修改价格');
    for (const [typed, words] of [
      ['', '请填写商品或运费要改动的金额'],
      ['1.234', '金额最多两位小数'],
      ['-9999', '不能'],
    ] as const) {
      await price.getByLabel('商品改价').fill(typed);
      await submit(price, '修改价格');
      await expect(price.getByRole('alert')).toContainText(words);
      await expect(price.getByLabel('商品改价')).toHaveValue(typed);
    }

    const paid = await buy(buyer, goods);
    await openOrder(staff, paid);
    const parcel = await openDialog(staff, '确认发货');
    await submit(parcel, '确认发货');
    await expect(parcel.getByRole('alert')).toContainText('请选择快递公司');
    await expect(parcel.getByRole('alert')).toContainText('请填写快递单号');
    await parcel.getByLabel('快递公司').selectOption('圆通速递');
    await parcel.getByLabel('快递单号').fill('YT!!');
    await submit(parcel, '确认发货');
    await expect(parcel.getByLabel('快递单号')).toHaveAccessibleDescription(/6–32 位字母或数字/);
    await expect(parcel.getByLabel('快递公司')).toHaveValue('yto');
  });

  test('the waybill of a return: not the parcel that came, and a strange number is asked about once', async ({ open }) => {
    const [buyer, staff] = [await open('13800000002'), await open('owner')];
    const bought = await buy(buyer, goods);
    const came = await ship(staff, bought);
    const number = await claim(buyer, bought, { kind: '退货退款', reason: '已拒收包裹' });
    await answer(staff, number, '处理退货申请', { decision: '通过申请（需要客户寄回商品）' });

    await buyer.goto(`/after-sales/${number}/return`);
    await buyer.getByLabel('快递公司').selectOption('顺丰速运');
    await buyer.getByLabel('快递单号').fill(came);
    await buyer.getByRole('button', { name: '提交', exact: true }).click();
    await expect(buyer.getByLabel('快递单号')).toHaveAccessibleDescription(/这是商家发货的快递单号/);
    await buyer.getByLabel('快递单号').fill('1234567890');
    await buyer.getByRole('button', { name: '提交', exact: true }).click();
    await expect(buyer.getByRole('alert')).toContainText('看起来不像顺丰速运的单号');
    await buyer.getByRole('button', { name: '提交', exact: true }).click();
    await expectCase(buyer, number, '等待商家收货', '待商家收货');
  });

  test('a dialog that somebody else was faster than', async ({ open }) => {
    const buyer = await open('13800000002');
    const [first, second] = [await open('owner'), await open('service')];
    const number = await claim(buyer, await buy(buyer, goods), { kind: '仅退款不退货', reason: '拍错/不想要' });
    await first.goto(`/merchant/after-sales/${number}`);
    const late = await openDialog(first, '处理退款申请');
    await answer(second, number, '处理退款申请', { decision: '驳回', reason: '商品已经打包' });

    await tick(late.getByRole('radio', { name: '同意退款（无需客户寄回商品）' }));
    const answered = first.waitForResponse((response) => response.request().method() === 'POST');
    await submit(late, '确认提交');
    expect((await answered).status()).toBe(409);
    await expect(first.getByRole('alert').first()).toContainText(/已于 .+ 处理|当前状态为「已驳回」/);
    await expectCase(buyer, number, '商家驳回了申请', '已驳回');
  });

  test('a session that ran out in mid-form is taken up again', async ({ open }) => {
    const buyer = await open();
    const phone = await register(buyer, '周远山');
    const number = await buy(buyer, goods);
    await buyer.goto(`/orders/${number}/after-sale`);
    await tick(buyer.getByRole('radio', { name: '仅退款不退货' }));
    await buyer.getByLabel('退款原因').selectOption('拍错/不想要');
    await buyer.getByLabel('说明').fill('填写了很久');
    await buyer.context().clearCookies();
    await buyer.getByRole('button', { name: '提交申请' }).click();

    await buyer.getByLabel('手机号').fill(phone);
    await buyer.getByLabel('密码').fill(NEW_PASSWORD);
    await buyer.getByRole('button', { name: '登录', exact: true }).click();
    await buyer.getByRole('button', { name: '继续提交' }).click();
    await buyer.waitForURL(/\/after-sales\/[^/]+$/);
    await expect(buyer.getByText('填写了很久', { exact: true })).toBeVisible();
  });

  test('a wrong password, and a phone that has an account already', async ({ open }) => {
    const page = await open();
    await page.goto('/login');
    await page.getByLabel('手机号').fill('13800000001');
    await page.getByLabel('密码').fill('not-this-one');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText('手机号或密码不正确');
    await expect(page.getByLabel('手机号')).toHaveValue('13800000001');
    await logInBuyer(page, '13800000001');
    await page.context().clearCookies();
    await page.goto('/register');
    await page.getByLabel('手机号').fill('13800000001');
    await page.getByLabel('昵称').fill('小满');
    await page.getByLabel('密码').fill(NEW_PASSWORD);
    await page.getByRole('button', { name: '注册', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText('这个手机号已经注册');
  });
});
