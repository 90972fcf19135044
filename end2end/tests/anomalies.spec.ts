import { type Page } from '@playwright/test';
import { buy, expectState, order } from '../support/buying';
import { answer, claim, expectCase } from '../support/claiming';
import { openDialog, submit, tick } from '../support/hand';
import { uploadBill } from '../support/selling';
import { expect, test } from '../support/shop';

/** The gateway of this shop is told to go wrong, and its clock is moved on to the day after. */
test.use({ shopName: 'anomalies' });

const DAY = 24 * 3_600_000;
const LIST = '/merchant/payment-anomalies';
const goods = [{ title: '山花蜂蜜 500g', spec: '500g' }];

/** The row about an order, however long the news of it take. */
async function expectListed(page: Page, url: string, number: string, kind: string): Promise<void> {
  await expect(async () => {
    await page.goto(url);
    await expect(page.getByRole('row').filter({ hasText: number })).toContainText(kind, { timeout: 500 });
  }).toPass();
}

test.describe('money that went wrong is listed, each with its way out', { tag: '@once' }, () => {
  test('a refund that the gateway refuses is tried again by one button', async ({ open, shop }) => {
    const [buyer, staff, finance] = [await open('13800000005'), await open('owner'), await open('finance')];
    const number = await buy(buyer, goods);
    const refund = await claim(buyer, number, { kind: '仅退款不退货', reason: '拍错/不想要' });
    await shop.planFault('refund', { kind: 'refuse', code: 'USER_ACCOUNT_ABNORMAL' });
    await answer(staff, refund, '处理退款申请', { decision: '同意退款（无需客户寄回商品）' });

    await expectListed(finance, LIST, number, '退款被拒');
    const row = finance.getByRole('row').filter({ hasText: number });
    await expect(row).toContainText('买家微信账户异常');
    await row.getByRole('link', { name: '线下退款' }).click();
    await expect(finance.getByRole('dialog', { name: '线下退款' })).toContainText(number);
    await finance.goBack();
    await row.getByRole('button', { name: '重新退款' }).click();
    await submit(finance.getByRole('dialog', { name: '重新退款' }), '重新退款');
    await expect(finance.getByText('已交给支付渠道，结果稍后更新，不会重复退款')).toBeVisible();
    await expectCase(buyer, refund, '退款成功', '已退款');
    await expectListed(finance, `${LIST}?state=resolved`, number, '退款已到账');
  });

  test('another amount than was asked for changes nothing, and the bill of its day tells of it', async ({ open, shop }) => {
    const [buyer, finance] = [await open('13800000004'), await open('finance')];
    const number = await order(buyer, goods);
    await buyer.goto(`/orders/${number}/pay`);
    await tick(buyer.getByRole('radio', { name: '支付宝' }));
    await buyer.getByRole('button', { name: '确认付款' }).click();
    const payment = (await buyer.getByRole('definition').filter({ hasText: /^P/ }).textContent()) ?? '';
    await shop.payOtherAmount(payment, 1_234);

    const leave = async () => {
      await buyer.goto(`/orders/${number}`);
      await submit(await openDialog(buyer, '取消订单'), '确认取消订单');
    };
    await test.step('the buyer has paid nothing, and is told why they cannot leave', async () => {
      await expectListed(finance, LIST, number, '金额不符');
      await leave();
      await expect(buyer.getByRole('dialog')).toContainText('支付渠道记录的金额与订单不一致，商家正在核实');
    });

    await test.step('it is listed, asking again does not help, a person says what became of it', async () => {
      await expectListed(finance, LIST, number, '金额不符');
      const row = finance.getByRole('row').filter({ hasText: number });
      await expect(row).toContainText('通知收款 ¥12.34，没有入账');
      await row.getByRole('button', { name: '立即查询' }).click();
      await expect(finance.getByText('支付渠道的金额仍与订单不一致，没有入账')).toBeVisible();
      await row.getByRole('link', { name: '处理这笔钱' }).click();
      const dialog = finance.getByRole('dialog', { name: '处理这笔钱' });
      await submit(dialog, '确认处理');
      await expect(dialog).toContainText('请选择这笔钱怎样处理');
      await tick(dialog.getByRole('radio', { name: '已线下退款' }));
      await dialog.getByLabel('退款凭证').fill('银行转账 12.34 元');
      await tick(dialog.getByLabel('已征得买家同意不原路退回'));
      await submit(dialog, '确认处理');
      await expectListed(finance, `${LIST}?state=resolved`, number, '银行转账 12.34 元');
    });

    await test.step('now the buyer may leave', async () => {
      await leave();
      await expectState(buyer, '已关闭');
    });

    await test.step('the bill of its day agrees: what came in is in the books', async () => {
      const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(await shop.now());
      await shop.advanceClock(DAY);
      await uploadBill(finance, '支付宝', day, await shop.bill('alipay', day));
      await expect(finance.getByText('账单已上传，核对完成')).toBeVisible();
      await expect(finance.getByRole('row').filter({ hasText: payment })).toHaveCount(0);
    });
  });
});
