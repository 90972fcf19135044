import { type Page } from '@playwright/test';
import { buy, expectState, openProduct, order, pay, receive } from '../support/buying';
import { answer, claim, expectCase } from '../support/claiming';
import { openDialog, submit, tick } from '../support/hand';
import { register } from '../support/people';
import { ship } from '../support/selling';
import { expect, test } from '../support/shop';

const AGREE = { decision: '同意退款（无需客户寄回商品）' } as const;

/** The coupon among the buyer's own, in one of the tabs. */
async function expectCoupon(page: Page, tab: 'usable' | 'used', name: string, action: string): Promise<void> {
  await page.goto(`/me/coupons?tab=${tab}`);
  const own = page.locator('.ticket').filter({ hasText: name }).filter({ hasText: action });
  await expect(own.getByRole('link')).toBeVisible();
}

test('a coupon is taken, used, and comes back when the order is refunded before it is shipped', async ({ open, javaScriptEnabled }) => {
  const buyer = await open();
  const staff = await open('service');
  await register(buyer, '精打细算');
  const tea = { title: '茉莉花茶 七窨 玻璃罐装' };

  await test.step('it is taken where the goods are', async () => {
    await openProduct(buyer, tea.title);
    const offer = buyer.locator('.ticket').filter({ hasText: '进店立减' });
    await offer.getByRole('button', { name: '领取' }).click();
    await expect(buyer.getByText('领取成功，下单时可以使用')).toBeVisible();
    await expectCoupon(buyer, 'usable', '进店立减', '去使用');
  });

  await test.step('the confirmation says what comes off, with it and without', async () => {
    await openProduct(buyer, tea.title);
    await buyer.getByRole('button', { name: '立即购买' }).click();
    const total = buyer.locator('.bottom-bar__sum');
    await expect(total).toContainText('¥93.00');
    await tick(buyer.getByRole('radio', { name: '不使用优惠券' }));
    // With scripts the sums follow by themselves.
    if (!javaScriptEnabled) await buyer.getByRole('button', { name: '更新价格' }).click();
    await expect(total).toContainText('¥98.00');
  });

  const number = await order(buyer, [tea]);
  await pay(buyer, number, '微信支付');
  await expect(buyer.getByText('−¥5.00').first()).toBeVisible();
  await expectCoupon(buyer, 'used', '进店立减', '订单');

  const refund = await claim(buyer, number, { kind: '仅退款不退货', reason: '重复下单' });
  await expect(buyer.getByText('微信支付 ¥93.00')).toBeVisible();
  await expect(buyer.getByText('「进店立减」在整单退款完成后退回')).toBeVisible();
  await answer(staff, refund, '处理退款申请', AGREE);
  await expectCase(buyer, refund, '退款成功', '已退款');
  await expect(buyer.getByText('「进店立减」已退回')).toBeVisible();
  await expectCoupon(buyer, 'usable', '进店立减', '去使用');
});

test('the shop makes a coupon and hands it to a member', async ({ open }) => {
  const buyer = await open();
  const owner = await open('owner');
  const phone = await register(buyer, '老主顾');
  const name = `答谢 ${phone.slice(-6)}`;

  await owner.goto('/merchant/coupons');
  await owner.getByRole('link', { name: '新建优惠券' }).click();
  await owner.getByLabel('名称').fill(name);
  await owner.getByLabel('使用门槛').fill('100');
  await owner.getByLabel('优惠金额').fill('200');
  await owner.getByLabel('结束日期').fill('2099-12-31');
  await owner.getByLabel('发放总量').fill('3');
  await owner.getByRole('checkbox', { name: '买家可以自己领取' }).uncheck({ force: true });
  await owner.getByRole('button', { name: '保存' }).click();
  await expect(owner.getByRole('alert').first()).toContainText('优惠金额不能超过使用门槛');
  await owner.getByLabel('优惠金额').fill('12');
  await owner.getByRole('button', { name: '保存' }).click();
  await expect(owner.getByText('优惠券已建好')).toBeVisible();

  await owner.getByRole('link', { name: `查看 ${name}` }).click();
  await owner.getByLabel('会员手机号').fill(phone);
  await owner.getByRole('button', { name: '按手机号发放' }).click();
  await expect(owner.getByText('已发放 1 张')).toBeVisible();
  await expectCoupon(buyer, 'usable', name, '去使用');
});

test('a refund goes to the balance because the buyer agrees', async ({ open }) => {
  const buyer = await open();
  const staff = await open('service');
  await register(buyer, '余额党');
  const number = await buy(buyer, [{ title: '桂花糕 现做 十块' }], '支付宝');
  const refund = await claim(buyer, number, { kind: '仅退款不退货', reason: '拍错/不想要' });
  await submit(await openDialog(buyer, '退到余额'), '同意退到余额');
  await expect(buyer.getByText('您已同意退到本店余额')).toBeVisible();
  await answer(staff, refund, '处理退款申请', AGREE);
  await expectCase(buyer, refund, '退款成功', '已退款');
  await buyer.goto('/me/wallet');
  await expect(buyer.getByText('余额 ¥42.00')).toBeVisible();
});

test('cash goes back to an account that finance alone sees', async ({ open }) => {
  const buyer = await open();
  const [owner, finance] = [await open('owner'), await open('finance')];
  await register(buyer, '现金客');
  const number = await buy(buyer, [{ title: '桂花糕 现做 十块' }], '货到付款');
  await ship(owner, number);
  await buyer.goto(`/orders/${number}`);
  await receive(buyer);
  const refund = await claim(buyer, number, { kind: '仅退款不退货', reason: '商品质量问题', pictures: true });

  await buyer.getByRole('link', { name: '填写退款账户' }).click();
  await buyer.getByLabel('开户银行').fill('示例银行 宁波分行');
  await buyer.getByLabel('收款人姓名').fill('王现金');
  await buyer.getByLabel('账号').fill('6222 0000 9999 8888');
  await buyer.getByRole('button', { name: '提交', exact: true }).click();
  await expectState(buyer, '等待商家处理');
  await expect(buyer.getByText('已填写（')).toBeVisible();
  await expect(buyer.getByText('9999')).toHaveCount(0);

  await owner.goto(`/merchant/after-sales/${refund}`);
  await expect(owner.getByText('加密保存，仅财务可见')).toBeVisible();
  await expect(owner.getByRole('button', { name: '查看退款账户' })).toHaveCount(0);
  await finance.goto(`/merchant/after-sales/${refund}`);
  await finance.getByRole('button', { name: '查看退款账户' }).click();
  await expect(finance.getByText('6222000099998888')).toBeVisible();
  await expect(finance.getByText('本次查看已记录')).toBeVisible();
});
