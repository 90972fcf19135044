import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Page } from '@playwright/test';
import { order } from '../support/buying';
import { linkOf, linksOf } from '../support/tour';
import { expect, test } from '../support/shop';

/** The pictures of the README: WRITE_PICTURES=1 takes them anew; otherwise only what they show is looked at. */
const PICTURES = resolve(__dirname, '../../docs/pictures');
const ORDER = /^\/orders\/[^/?#]+$/;
const CASE = /^\/after-sales\/[^/?#]+$/;
const SHOP_ORDER = /^\/merchant\/orders\/[^/?#]+$/;
const SHOP_CASE = /^\/merchant\/after-sales\/[^/?#]+$/;

/** Ordered where the demo's own unpaid orders have closed by now. */
const CAKE = { title: '桂花糕 现做 十块' };

/** The page is there with its heading and all its pictures. */
async function picture(page: Page, name: string, path: string): Promise<void> {
  if (path !== new URL(page.url()).pathname) await page.goto(path);
  await page.waitForLoadState('networkidle');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const broken = await page.locator('img').evaluateAll((images) =>
    images.filter((image) => image instanceof HTMLImageElement && image.complete && image.naturalWidth === 0).map((image) => image.getAttribute('src')),
  );
  expect(broken).toEqual([]);
  if (!process.env.WRITE_PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' });
}

test.describe('pictures of every main page', { tag: ['@scripts', '@any-engine'] }, () => {
  test('what a buyer sees, on a phone', async ({ open, isMobile }) => {
    test.skip(!isMobile);
    const buyer = await open('13800000001');
    const first = (path: string, pattern: RegExp) => linkOf(buyer, path, pattern);
    await picture(buyer, 'buyer-front', '/');
    await picture(buyer, 'buyer-product', await first('/', /^\/products\/\d+$/));
    await buyer.getByRole('button', { name: '立即购买' }).click();
    await picture(buyer, 'buyer-checkout', '/checkout');
    const [unpaid] = await linksOf(buyer, '/orders?status=pending_payment', /\/pay$/);
    await picture(buyer, 'buyer-cashier', unpaid ?? `/orders/${await order(buyer, [CAKE])}/pay`);
    await picture(buyer, 'buyer-orders', '/orders');
    await picture(buyer, 'buyer-order', await first('/orders?status=awaiting_receipt', ORDER));
    await picture(buyer, 'buyer-apply', await first('/orders?status=awaiting_receipt', /\/after-sale$/));
    await picture(buyer, 'buyer-after-sales', '/after-sales');
    await picture(buyer, 'buyer-after-sale', await first('/after-sales', CASE));
    await picture(buyer, 'buyer-review', await first('/orders?status=to_review', /\/review$/));
    await picture(buyer, 'buyer-me', '/me');
    await picture(buyer, 'buyer-wallet', '/me/wallet?account=points');
    await picture(buyer, 'buyer-messages', '/me/messages');
  });

  test('what the shop sees, on a desktop', async ({ open, isMobile }) => {
    test.skip(isMobile);
    const staff = await open('owner');
    const first = (path: string, pattern: RegExp) => linkOf(staff, path, pattern);
    await picture(staff, 'merchant-workbench', '/merchant');
    await picture(staff, 'merchant-orders', '/merchant/orders');
    const unshipped = await first('/merchant/orders?status=awaiting_shipment', SHOP_ORDER);
    await picture(staff, 'merchant-order', unshipped);
    await picture(staff, 'merchant-ship', `${unshipped}?dialog=ship`);
    const [unpaid] = await linksOf(staff, '/merchant/orders?status=pending_payment', SHOP_ORDER);
    const priced = unpaid ?? `/merchant/orders/${await order(await open('13800000001'), [CAKE])}`;
    await picture(staff, 'merchant-price', `${priced}?dialog=price`);
    await picture(staff, 'merchant-after-sales', '/merchant/after-sales');
    const asked = await first('/merchant/after-sales?queue=return', SHOP_CASE);
    await picture(staff, 'merchant-after-sale', asked);
    await picture(staff, 'merchant-decide', `${asked}?dialog=decide`);
    await picture(staff, 'merchant-refunds', '/merchant/refunds');
    await picture(staff, 'merchant-products', '/merchant/products');
    await picture(staff, 'merchant-reviews', '/merchant/reviews');
    await picture(staff, 'merchant-settings', '/merchant/settings/clocks');
  });
});
