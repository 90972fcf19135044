import { type Page } from '@playwright/test';
import { expectAccessible } from '../support/accessible';
import { expectState, order } from '../support/buying';
import { tick } from '../support/hand';
import { expect, test } from '../support/shop';
import { IN_WECHAT, insideWechat } from '../support/wechat';

const BUYER = '13800000001';
const TEA = { title: '桐乡胎菊 头采', spec: '160g' };

// Of its own: everybody's window says that it is WeChat's.
test.use({ shopName: 'wechat', userAgent: IN_WECHAT });
test.beforeEach(({ isMobile }) => test.skip(!isMobile));

async function choose(page: Page, tender: string): Promise<void> {
  await tick(page.getByRole('radio', { name: tender }));
  await page.getByRole('button', { name: '确认付款' }).click();
}

test('a buyer inside WeChat pays there, changes their mind, and tries again @scripts', async ({ open, shop }) => {
  const buyer = await open(BUYER);
  const person = await insideWechat(buyer, shop);
  const first = await order(buyer, [TEA]);
  await expect(buyer.getByText('微信内不能使用支付宝')).toBeVisible();
  await expect(buyer.getByText('在微信里直接付款')).toBeVisible();
  await expectAccessible(buyer);
  await choose(buyer, '微信支付');
  await buyer.waitForURL(`**/orders/${first}`);
  await expectState(buyer, '待发货');

  person('cancels');
  const second = await order(buyer, [TEA]);
  await choose(buyer, '微信支付');
  await buyer.waitForURL(`**/orders/${second}/pay?cancelled=1`);
  await expect(buyer.getByText('已取消微信支付。可以重新付款')).toBeVisible();

  person('lies');
  await choose(buyer, '微信支付');
  await buyer.waitForURL(`**/orders/${second}`);
  await expect(buyer.getByRole('heading', { level: 1, name: '待付款' })).toBeVisible();

  person('fails');
  await buyer.goto(`/orders/${second}/pay`);
  await choose(buyer, '微信支付');
  await expect(buyer.getByText('微信支付没有完成')).toBeVisible();
  await expectAccessible(buyer);
  person('pays');
  await buyer.getByRole('link', { name: '重新打开微信支付' }).click();
  await buyer.waitForURL(`**/orders/${second}`);
  await expectState(buyer, '待发货');
  await buyer.goBack();
  await buyer.waitForURL(`**/orders/${second}`);
});

test('a log-in that fails is said at the cashier, and the next tap works @scripts', async ({ open, shop }) => {
  const buyer = await open('13800000002');
  await insideWechat(buyer, shop);
  const number = await order(buyer, [TEA]);
  await shop.planFault('login', { kind: 'refuse', code: '40163' });
  await choose(buyer, '微信支付');
  await expect(buyer.getByText('微信登录已失效，这次没有扣款')).toBeVisible();
  await expectAccessible(buyer);
  await choose(buyer, '微信支付');
  await buyer.waitForURL(`**/orders/${number}`);
  await expectState(buyer, '待发货');
});

test('without a bridge, and without scripts, the page says what to do', async ({ open, javaScriptEnabled }) => {
  const buyer = await open('13800000003');
  const number = await order(buyer, [TEA]);
  await choose(buyer, '微信支付');
  // What WeChat's door has behind its address stays behind ours.
  await buyer.waitForURL((url) => url.pathname === `/orders/${number}/pay/wechat`);
  const words = javaScriptEnabled ? '微信没有回应' : '请允许浏览器运行脚本后刷新本页';
  await expect(buyer.getByText(words)).toBeVisible({ timeout: 30_000 });
  await expectAccessible(buyer);
  await buyer.getByRole('link', { name: '换一种方式付款' }).click();
  await choose(buyer, '货到付款');
  await expectState(buyer, '待发货');
});
