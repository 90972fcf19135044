import { type Page } from '@playwright/test';
import { expectAccessible } from '../support/accessible';
import { buy, expectState, openProduct, order } from '../support/buying';
import { claim } from '../support/claiming';
import { openDialog, submit, tick } from '../support/hand';
import { openOrder, ship, waybill } from '../support/selling';
import { expect, test } from '../support/shop';
import { cutOnPurpose } from '../support/watch';

const HONEY = { title: '山花蜂蜜 500g', spec: '两瓶' };

/** Counts the pages that are loaded from now on. */
function loads(page: Page): () => number {
  let count = 0;
  page.on('load', () => (count += 1));
  return () => count;
}

/** No page has been loaded, the words are said, the focus is on nothing that has gone, and axe has nothing to say. */
async function expectSaid(page: Page, words: string, loaded: () => number): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: words })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(loaded(), 'pages loaded').toBe(0);
  await expect.poll(() => page.evaluate(() => document.activeElement === document.body)).toBe(false);
  await expectAccessible(page);
}

test.describe('where it stands', { tag: '@scripts' }, () => {
  test('an order is shipped over the list, which stays where it was', async ({ open }) => {
    const [buyer, staff] = [await open('13800000005'), await open('owner')];
    const number = await buy(buyer, [HONEY]);
    await staff.goto('/merchant/orders?status=awaiting_shipment');
    await staff.waitForLoadState('networkidle');
    const loaded = loads(staff);
    const row = staff.getByRole('row').filter({ hasText: number });
    await row.getByRole('link', { name: '确认发货' }).click();
    const dialog = staff.getByRole('dialog', { name: '确认发货' });
    await expect(dialog.getByLabel('快递公司')).toBeFocused();
    await expectAccessible(staff);

    // Refused beside its field, with what was typed.
    await dialog.getByLabel('快递公司').selectOption('顺丰速运');
    await submit(dialog, '确认发货');
    await expect(dialog.getByRole('alert')).toBeFocused();
    await expect(dialog.getByLabel('快递单号')).toHaveAttribute('aria-invalid', 'true');
    await expect(dialog.getByLabel('快递公司')).toHaveValue('sf');
    await expectAccessible(staff);

    // Escape leads back to the link.
    await staff.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(row.getByRole('link', { name: '确认发货' })).toBeFocused();
    await staff.keyboard.press('Enter');
    await dialog.getByLabel('快递公司').selectOption('顺丰速运');
    await dialog.getByLabel('快递单号').fill(waybill());
    await submit(dialog, '确认发货');
    await expectSaid(staff, '已发货，已通知买家', loaded);
    await expect(row).toHaveCount(0);
    await expect(staff).toHaveURL(/\/merchant\/orders\?status=awaiting_shipment$/);
    await staff.reload();
    await expect(staff.getByRole('row').filter({ hasText: number })).toHaveCount(0);
  });

  test('a case is decided on its page, and who comes second is told who was first', async ({ open }) => {
    const [buyer, staff, colleague] = [await open('13800000005'), await open('owner'), await open('service')];
    const number = await buy(buyer, [HONEY]);
    await ship(staff, number);
    await buyer.goto(`/orders/${number}`);
    await submit(await openDialog(buyer, '确认收货'), '确认收货');
    await expectState(buyer, '已完成');
    const one = await claim(buyer, number, { kind: '退货退款', reason: '商品质量问题', pictures: true });
    for (const page of [staff, colleague]) {
      await page.goto(`/merchant/after-sales/${one}`);
      await page.waitForLoadState('networkidle');
    }
    const [loaded, late] = [loads(staff), loads(colleague)];
    const mine = await openDialog(staff, '处理退货申请');
    const theirs = await openDialog(colleague, '处理退货申请');
    await tick(mine.getByRole('radio', { name: '通过申请（需要客户寄回商品）', exact: true }));
    await submit(mine, '确认提交');
    await expectSaid(staff, '已同意退货', loaded);
    await expect(staff.getByText('待退货').first()).toBeVisible();

    await tick(theirs.getByRole('radio', { name: '驳回', exact: true }));
    await theirs.getByLabel('驳回原因').fill('图片看不清');
    await submit(theirs, '确认提交');
    // Nothing is left to decide: the page as it is now says why.
    await expect(colleague.getByRole('alert')).toContainText('已更新');
    await expect(colleague.getByRole('alert')).toBeFocused();
    await expect(theirs).toBeHidden();
    await expect(colleague.getByText('待退货').first()).toBeVisible();
    expect(late()).toBe(0);
  });

  test('a form that somebody else has made old is drawn anew with what was typed', async ({ open }) => {
    const [buyer, staff, colleague] = [await open('13800000005'), await open('owner'), await open('service')];
    const number = await order(buyer, [HONEY]);
    for (const page of [staff, colleague]) {
      await page.goto(`/merchant/orders/${number}`);
      await page.waitForLoadState('networkidle');
    }
    const late = loads(colleague);
    const [mine, theirs] = [await openDialog(staff, '修改价格'), await openDialog(colleague, '修改价格')];
    await mine.getByLabel('商品改价').fill('-1');
    await theirs.getByLabel('商品改价').fill('-2');
    await expect(theirs.locator('#price-sum b')).toBeVisible();
    await submit(mine, '修改价格');
    await expect(mine).toBeHidden();
    await submit(theirs, '修改价格');
    const alert = theirs.getByRole('alert');
    await expect(alert).toBeFocused();
    await expect(theirs.getByLabel('商品改价')).toHaveValue('-2');
    await expectAccessible(colleague);
    // Counted anew on the price that it has by now, and sent with the version that it has by now.
    const shown = await theirs.locator('#price-sum').textContent();
    await submit(theirs, '修改价格');
    await expectSaid(colleague, '价格已修改', late);
    await expect(colleague.getByText(shown ?? '').filter({ visible: true })).not.toHaveCount(0);
  });

  test('a line that is cut keeps everything, and the same button sends it once more', async ({ open }) => {
    const buyer = await open('13800000005');
    const number = await order(buyer, [HONEY]);
    await buyer.goto(`/orders/${number}`);
    await buyer.waitForLoadState('networkidle');
    const loaded = loads(buyer);
    cutOnPurpose.add(buyer.context());
    const dialog = await openDialog(buyer, '取消订单');
    // It is done, and nothing comes back.
    await buyer.route('**/api/in-place/**', async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    });
    await submit(dialog, '确认取消订单');
    await expect(dialog.getByRole('alert')).toContainText('不会重复处理');
    await expect(dialog.getByRole('alert')).toBeFocused();
    await buyer.unroute('**/api/in-place/**');
    await submit(dialog, '确认取消订单');
    await expectSaid(buyer, '订单已取消', loaded);
    await expectState(buyer, '已关闭');
    await buyer.goBack();
    await buyer.goForward();
    await expectState(buyer, '已关闭');
  });

  test('a log-in that has ended in between keeps what was typed', async ({ open, shop }) => {
    const [buyer, staff] = [await open('13800000005'), await open('owner')];
    const number = await buy(buyer, [HONEY]);
    await openOrder(staff, number);
    await staff.waitForLoadState('networkidle');
    const dialog = await openDialog(staff, '备注');
    await dialog.getByLabel('商家备注').fill('轻拿轻放');
    await staff.context().clearCookies();
    await submit(dialog, '保存');
    await staff.getByLabel('账号').fill('owner');
    await staff.getByLabel('密码').fill('guitu-demo');
    await staff.getByRole('button', { name: '登录' }).click();
    await staff.getByRole('button', { name: '继续提交' }).click();
    await expect(staff.getByText('备注已保存')).toBeVisible();
    await expect(staff.getByText('轻拿轻放').filter({ visible: true })).not.toHaveCount(0);
    expect(staff.url()).toContain(shop.url);
  });

  test('the cart counts anew where it stands', async ({ open }) => {
    const buyer = await open('13800000005');
    await openProduct(buyer, HONEY.title);
    await tick(buyer.getByRole('radio', { name: HONEY.spec }));
    await buyer.getByRole('button', { name: '加入购物车' }).click();
    await buyer.goto('/cart');
    await buyer.waitForLoadState('networkidle');
    const loaded = loads(buyer);
    const quantity = buyer.getByLabel(/数量$/).last();
    await quantity.fill('3');
    await buyer.getByRole('button', { name: '更新' }).last().click();
    await expectSaid(buyer, '数量已更新', loaded);
    await expect(buyer.getByLabel(/数量$/).last()).toHaveValue('3');
    await buyer.getByRole('button', { name: '删除' }).last().click();
    await expectSaid(buyer, '已从购物车删除', loaded);
  });
});

test('without the browser part every form goes to its page', async ({ open, javaScriptEnabled }) => {
  const [buyer, staff] = [await open('13800000005'), await open('owner')];
  // With scripts on, it is the WASM that does not come.
  if (javaScriptEnabled) {
    cutOnPurpose.add(staff.context());
    await staff.context().route('**/*.wasm', (route) => route.abort());
  }
  const number = await buy(buyer, [HONEY]);
  await staff.goto('/merchant/orders?status=awaiting_shipment');
  await staff.getByRole('row').filter({ hasText: number }).getByRole('link', { name: '确认发货' }).click();
  const dialog = staff.getByRole('dialog', { name: '确认发货' });
  await dialog.getByLabel('快递公司').selectOption('顺丰速运');
  await dialog.getByLabel('快递单号').fill(waybill());
  await submit(dialog, '确认发货');
  await expect(staff.getByText('已发货，已通知买家')).toBeVisible();
  await expect(staff).toHaveURL(new RegExp(`/merchant/orders/${number}`));
  // The next journey has the same window.
  await staff.context().unroute('**/*.wasm');
});

test.describe('while it is filled in', { tag: '@scripts' }, () => {
  test('sums follow what is typed, as the server counts them', async ({ open }) => {
    const [buyer, staff] = [await open('13800000001'), await open('owner')];
    await openProduct(buyer, HONEY.title);
    await buyer.waitForLoadState('networkidle');
    const price = buyer.locator('#price');
    for (const spec of await buyer.getByRole('radio').all()) {
      await tick(spec);
      const words = (await buyer.locator(`label:has(input[value="${await spec.inputValue()}"])`).textContent()) ?? '';
      await expect(price).toContainText(/¥([\d,]+)/.exec(words)?.[1] ?? 'a price');
    }
    await buyer.getByRole('button', { name: '立即购买' }).click();
    await buyer.waitForLoadState('networkidle');
    const sum = buyer.locator('.bottom-bar__sum');
    const before = await sum.textContent();
    await buyer.getByLabel('使用积分').fill('100');
    await expect(sum).not.toHaveText(before ?? '');
    await expect(buyer.getByText('积分抵扣')).toBeVisible();
    await expect(buyer.getByRole('button', { name: '更新价格' })).toHaveCount(0);
    await expectAccessible(buyer);
    await buyer.getByLabel('使用积分').fill('');
    await expect(sum).toHaveText(before ?? '');
    // More than is held takes nothing off.
    await buyer.getByLabel('使用积分').fill('100');
    await expect(sum).not.toHaveText(before ?? '');
    await buyer.getByLabel('使用积分').fill('9999999');
    await expect(sum).toHaveText(before ?? '');
    await buyer.getByLabel('使用积分').fill('');
    await buyer.getByRole('button', { name: '提交订单' }).click();
    await buyer.waitForURL(/\/orders\/[^/]+/);
    const number = new URL(buyer.url()).pathname.split('/')[2] ?? '';

    await openOrder(staff, number);
    await staff.waitForLoadState('networkidle');
    const loaded = loads(staff);
    const dialog = await openDialog(staff, '修改价格');
    const total = dialog.locator('#price-sum');
    const whole = Number((await total.textContent())?.slice(1));
    const shown = `¥${(whole - 1).toFixed(2)}`;
    await dialog.getByLabel('商品改价').fill('-1');
    await expect(total).toHaveText(shown);
    await dialog.getByLabel('商品改价').fill('-99999');
    await expect(total).toContainText('不能少于');
    await dialog.getByLabel('商品改价').fill('-1');
    await submit(dialog, '修改价格');
    await expectSaid(staff, '价格已修改', loaded);
    await expect(staff.getByText(shown).filter({ visible: true })).not.toHaveCount(0);
  });

  test('the amount follows the units that are asked back', async ({ open }) => {
    const buyer = await open('13800000005');
    const number = await buy(buyer, [{ ...HONEY, quantity: 3 }]);
    await buyer.goto(`/orders/${number}/after-sale`);
    await buyer.waitForLoadState('networkidle');
    const units = buyer.getByLabel(/申请数量$/);
    const words = buyer.locator('#fixed_amount-words');
    await units.fill('1');
    await expect(words).toContainText('申请 1 件退');
    const one = await words.textContent();
    await units.fill('2');
    await expect(words).toContainText('申请 2 件退');
    expect(await words.textContent()).not.toBe(one);
  });
});
