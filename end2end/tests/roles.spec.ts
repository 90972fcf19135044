import { type Page } from '@playwright/test';
import { buy, order } from '../support/buying';
import { claim } from '../support/claiming';
import { expect, test } from '../support/shop';

const goods = [{ title: '冷泡茶包 青柑绿茶', spec: '10 包' }];
const BUTTONS = ['确认付款', '修改价格', '确认发货', '关闭订单', '备注'];

/** Which of the buttons the page offers. */
async function offered(page: Page, path: string, buttons = BUTTONS): Promise<string[]> {
  await page.goto(path);
  const shown = await Promise.all(buttons.map((name) => page.getByRole('button', { name, exact: true }).count()));
  return buttons.filter((_, index) => shown[index]);
}

/** The status that a form sent past the buttons is answered with. */
async function posted(page: Page, path: string): Promise<number> {
  const answer = await page.request.post(path, { form: { version: '1', request_key: 'past-the-buttons' }, maxRedirects: 0 });
  return answer.status();
}

test.describe('everybody does their own work', { tag: '@once' }, () => {
  test('orders: customer service ships nothing, the warehouse changes no price', async ({ open }) => {
    const buyer = await open('13800000002');
    const unpaid = `/merchant/orders/${await order(buyer, goods)}`;
    const paid = `/merchant/orders/${await buy(buyer, goods)}`;
    const [service, warehouse, finance] = [await open('service'), await open('warehouse'), await open('finance')];

    expect(await offered(service, unpaid)).toEqual(['修改价格', '关闭订单', '备注']);
    expect(await offered(service, paid)).toEqual(['备注']);
    expect(await offered(warehouse, unpaid)).toEqual(['备注']);
    expect(await offered(warehouse, paid)).toEqual(['确认发货', '备注']);
    expect(await offered(finance, unpaid)).toEqual(['确认付款', '备注']);

    expect(await posted(service, `${paid}/ship`)).toBe(403);
    expect(await posted(warehouse, `${unpaid}/price`)).toBe(403);
    expect(await posted(finance, `${unpaid}/close`)).toBe(403);
    expect(await posted(service, `${unpaid}/confirm-payment`)).toBe(403);

    await test.step('who ships sees no money, who pays sees no telephone', async () => {
      await warehouse.goto(paid);
      await expect(warehouse.getByText('¥36.00')).toHaveCount(0);
      await finance.goto(paid);
      await expect(finance.getByText('138****0002').first()).toBeVisible();
      await expect(finance.getByText('13800000002')).toHaveCount(0);
    });
  });

  test('after-sales: who receives goods decides nothing, who pays approves no return', async ({ open }) => {
    const buyer = await open('13800000002');
    const number = await claim(buyer, await buy(buyer, goods), { kind: '仅退款不退货', reason: '信息填写错误' });
    const path = `/merchant/after-sales/${number}`;
    expect(await offered(await open('service'), path, ['处理退款申请'])).toEqual(['处理退款申请']);
    const warehouse = await open('warehouse');
    expect(await offered(warehouse, path, ['处理退款申请', '同意退款', '手动退款'])).toEqual([]);
    for (const decision of ['reject', 'agree_refund', 'refund_manually']) {
      const answer = await warehouse.request.post(`${path}/decide`, { multipart: { decision, version: '1', request_key: decision } });
      expect([403, 409, 422]).toContain(answer.status());
    }
    await buyer.reload();
    await expect(buyer.getByRole('heading', { level: 1, name: '等待商家处理' })).toBeVisible();
  });

  test('pages of others answer 403, numbers of others 404', async ({ open }) => {
    const service = await open('service');
    const denied = await service.goto('/merchant/settings/clocks');
    expect(denied?.status()).toBe(403);
    await expect(service.getByText('你的角色不能打开或执行此操作')).toBeVisible();
    expect((await (await open('warehouse')).goto('/merchant/reviews'))?.status()).toBe(403);

    const owner = await open('13800000002');
    const bought = await buy(owner, goods);
    const number = await claim(owner, bought, { kind: '仅退款不退货', reason: '拍错/不想要' });
    const other = await open('13800000005');
    for (const path of [`/orders/${bought}`, `/orders/${bought}/pay`, `/orders/${bought}/after-sale`, `/after-sales/${number}`]) {
      expect((await other.goto(path))?.status()).toBe(404);
      await expect(other.getByText('没有找到这个页面')).toBeVisible();
    }
    expect(await posted(other, `/orders/${bought}/cancel`)).toBe(404);
    expect(await posted(other, `/after-sales/${number}/withdraw`)).toBe(404);
    expect((await service.goto('/merchant/orders/G0000-AAAAAAAA'))?.status()).toBe(404);
    expect((await service.goto('/merchant/after-sales/AS0000-0000'))?.status()).toBe(404);
  });

  test('who is not logged in is asked to, and comes back', async ({ open }) => {
    const page = await open();
    await page.goto('/orders?status=pending_payment');
    await expect(page).toHaveURL(/\/login\?next=/);
    await page.goto('/merchant/orders');
    await expect(page).toHaveURL(/\/merchant\/login\?next=/);
  });
});
