import { order } from '../support/buying';
import { expect, test } from '../support/shop';
import { tick } from '../support/hand';
import { expectNoIslands, linkOf, linksOf, look, lookAt } from '../support/tour';

/** The demo's own unpaid orders close while the journeys go on. */
const CAKE = { title: '桂花糕 现做 十块' };

/** axe, the width of the screen and the console (see `open`), on every page and in its main states. */
test.describe('every page is fit for all', { tag: ['@scripts', '@any-engine'] }, () => {
  test.setTimeout(360_000);

  test('the shop, its goods and the way in', async ({ open }) => {
    const nobody = await open();
    const product = await linkOf(nobody, '/', /^\/products\/\d+$/);
    await lookAt(nobody, ['/', '/?q=nothing-like-this', product, '/login', '/register', '/merchant/login']);
    await lookAt(nobody, ['/no-such-page', '/products/1', '/reset?key=used-up'], 404);
    await nobody.goto('/login');
    await nobody.getByRole('button', { name: '登录', exact: true }).click();
    await look(nobody);
  });

  test("the buyer's account, orders and after-sales", async ({ open }) => {
    const buyer = await open('13800000001');
    const orders = await linksOf(buyer, '/orders', /^\/orders\/[^/?#]+$/);
    const cases = await linksOf(buyer, '/after-sales', /^\/after-sales\/[^/?#]+$/);
    const account = ['/me', '/me/messages', '/me/wallet', '/me/wallet?account=points', '/me/coupons', '/me/coupons?tab=used', '/me/addresses', '/me/addresses/new', '/me/security', '/me/close-account', '/cart'];
    await lookAt(buyer, [...account, '/orders', '/orders?status=pending_payment', '/after-sales', ...orders, ...cases]);
  });

  test('what a buyer fills in', async ({ open }) => {
    const buyer = await open('13800000001');
    const pay = `/orders/${await order(buyer, [CAKE])}/pay`;
    const apply = await linkOf(buyer, '/orders?status=awaiting_receipt', /\/after-sale$/);
    const review = await linkOf(buyer, '/orders?status=to_review', /\/review$/);
    await lookAt(buyer, [pay, `${pay.replace('/pay', '')}?dialog=cancel`, apply, review]);
    await buyer.goto(apply);
    await buyer.getByRole('button', { name: '提交申请' }).click();
    await look(buyer);
    const product = await linkOf(buyer, '/', /^\/products\/\d+$/);
    await buyer.goto(product);
    await buyer.getByRole('button', { name: '立即购买' }).click();
    await look(buyer);

    const sender = await open('13800000003');
    const cases = await linksOf(sender, '/after-sales', /^\/after-sales\/[^/?#]+$/);
    for (const one of cases) {
      const [form] = await linksOf(sender, one, /\/return$/);
      if (form) await lookAt(sender, [form]);
    }
    const rejected = await open('13800000002');
    for (const one of await linksOf(rejected, '/after-sales', /^\/after-sales\/[^/?#]+$/)) {
      const [form] = await linksOf(rejected, one, /\/revise$/);
      if (form) await lookAt(rejected, [form]);
    }
  });

  test("the shop's lists and books", async ({ open }) => {
    const staff = await open('owner');
    await lookAt(staff, [
      '/merchant',
      '/merchant/orders',
      '/merchant/orders?q=nothing-like-this',
      '/merchant/after-sales?queue=all',
      '/merchant/after-sales?queue=all&q=nothing-like-this',
      '/merchant/refunds',
      '/merchant/reconciliation',
      '/merchant/products',
      '/merchant/members',
      '/merchant/members?q=nothing-like-this',
      '/merchant/coupons',
      '/merchant/coupons/new',
      '/merchant/reviews',
      '/merchant/return-addresses',
      '/merchant/return-addresses/new',
      '/merchant/messages',
      '/merchant/settings/clocks',
      '/merchant/settings/staff',
      '/merchant/account',
    ]);
    const dialogs = await linksOf(staff, '/merchant/reviews', /dialog=/);
    expect(dialogs.length).toBeGreaterThan(1);
    await lookAt(staff, dialogs.slice(0, 2));
    const member = await linkOf(staff, '/merchant/members', /^\/merchant\/members\/\d+$/);
    const coupon = await linkOf(staff, '/merchant/coupons', /^\/merchant\/coupons\/\d+$/);
    await lookAt(staff, [member, `${member}?account=points`, coupon]);
    await lookAt(await open('finance'), [member]);
    await lookAt(await open('warehouse'), ['/merchant', '/merchant/orders']);
    await lookAt(await open('service'), ['/merchant/settings/clocks'], 403);
  });

  test("the shop's orders and their dialogs", async ({ open }) => {
    await order(await open('13800000001'), [CAKE]);
    const staff = await open('owner');
    const dialogs: Record<string, string[]> = {
      pending_payment: ['price', 'confirm-payment', 'close', 'remark'],
      awaiting_shipment: ['ship', 'address'],
      awaiting_receipt: ['receive'],
      completed: [],
      closed: [],
    };
    for (const [status, names] of Object.entries(dialogs)) {
      const first = await linkOf(staff, `/merchant/orders?status=${status}`, /^\/merchant\/orders\/[^/?#]+$/);
      await lookAt(staff, [first, ...names.map((name) => `${first}?dialog=${name}`)]);
    }
  });

  test("the shop's after-sales and their dialogs", async ({ open }) => {
    const staff = await open('owner');
    const dialogs: Record<string, string[]> = {
      unshipped: ['decide'],
      return: ['decide', 'remark'],
      exchange: ['decide'],
      'awaiting-return': [],
      'awaiting-receipt': ['receive', 'settle'],
      'to-finish': ['reship'],
      done: [],
    };
    for (const [queue, names] of Object.entries(dialogs)) {
      const cases = await linksOf(staff, `/merchant/after-sales?queue=${queue}`, /^\/merchant\/after-sales\/[^/?#]+$/);
      await lookAt(staff, cases.slice(0, 2).flatMap((one) => [one, ...names.map((name) => `${one}?dialog=${name}`)]));
    }
    const waiting = await linkOf(staff, '/merchant/after-sales?queue=return', /^\/merchant\/after-sales\/[^/?#]+$/);
    await staff.goto(`${waiting}?dialog=decide`);
    const dialog = staff.getByRole('dialog', { name: '处理退货申请' });
    for (const decision of ['驳回', '通过申请（需要客户寄回商品）', '手动退款']) {
      await tick(dialog.getByRole('radio', { name: decision, exact: true }));
      await look(staff);
    }
    await tick(dialog.getByRole('radio', { name: '驳回', exact: true }));
    await dialog.getByRole('button', { name: '确认提交' }).click();
    await look(staff);
  });

  test('lists fetch no WASM', async ({ open }) => {
    await expectNoIslands(await open('13800000001'), ['/', '/orders', '/after-sales', '/me', '/me/messages', '/me/wallet']);
    const merchant = ['/after-sales', '/refunds', '/products', '/reviews', '/messages'].map((path) => `/merchant${path}`);
    await expectNoIslands(await open('owner'), merchant);
  });
});
