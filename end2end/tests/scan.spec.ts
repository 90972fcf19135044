import { expectState, order, scan } from '../support/buying';
import { tick } from '../support/hand';
import { expect, test } from '../support/shop';

test('on a desktop a code is shown, and the page finds out by itself that it was paid', async ({ open, isMobile }) => {
  test.skip(isMobile);
  const buyer = await open('13800000001');
  const number = await order(buyer, [{ title: '桐乡胎菊 头采', spec: '160g' }]);
  await buyer.goto(`/orders/${number}/pay`);
  await tick(buyer.getByRole('radio', { name: '微信支付' }));
  await buyer.getByRole('button', { name: '确认付款' }).click();
  await buyer.waitForURL(`**/orders/${number}/pay/code`);
  await expect(buyer.getByRole('img', { name: '付款二维码' })).toBeVisible();

  await buyer.getByRole('link', { name: '我已付款，查看结果' }).click();
  await expect(buyer.getByText('还没有查询到付款')).toBeVisible();

  await scan(buyer);
  await buyer.waitForURL(`**/orders/${number}`);
  await expectState(buyer, '待发货');
});
