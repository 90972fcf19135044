import { readFileSync } from 'node:fs';
import { buy } from '../support/buying';
import { answer, claim, expectCase } from '../support/claiming';
import { uploadBill } from '../support/selling';
import { expect, test } from '../support/shop';

/** The clock of this shop is moved on to the day after. */
test.use({ shopName: 'refund-records' });

const DAY = 24 * 3_600_000;
const goods = [{ title: '山花蜂蜜 500g', spec: '500g' }];

test.describe('money that went back can be found, taken away and laid against the bill', { tag: '@once' }, () => {
  test('a refund by its order, the file of it, and the bill of its day', async ({ open, shop }) => {
    const [buyer, staff, finance] = [await open('13800000005'), await open('owner'), await open('finance')];
    const number = await buy(buyer, goods, '支付宝');
    const refund = await claim(buyer, number, { kind: '仅退款不退货', reason: '拍错/不想要' });
    await answer(staff, refund, '处理退款申请', { decision: '同意退款（无需客户寄回商品）' });
    await expectCase(buyer, refund, '退款成功', '已退款');

    await test.step('it is found by its order, and summed with its month', async () => {
      await finance.goto(`/merchant/refunds?q=${number}`);
      await expect(finance.getByRole('row').filter({ hasText: number })).toContainText('支付宝');
      await expect(finance.getByRole('heading', { name: /^\d{4} 年 \d+ 月 到账合计$/ })).toBeVisible();
    });

    await test.step('the file holds it and its sum', async () => {
      const coming = finance.waitForEvent('download');
      await finance.getByRole('link', { name: '导出 CSV' }).click();
      const lines = readFileSync(await (await coming).path(), 'utf8').trim().split('\r\n');
      expect(lines).toHaveLength(3);
      expect(lines[1]).toContain(number);
      expect(lines[2]).toContain('合计 1 笔');
    });

    const row = await finance.getByRole('row').filter({ hasText: number }).first().textContent();
    const day = row?.match(/\d{4}-\d{2}-\d{2}/)?.[0] ?? '';
    await shop.advanceClock(DAY);

    await test.step('a bill that is none is refused, what was chosen stays', async () => {
      await uploadBill(finance, '支付宝', day, Buffer.from('<html>'));
      await expect(finance.getByRole('alert')).toContainText('这不是所选渠道的账单');
      await expect(finance.getByLabel('账单日期')).toHaveValue(day);
    });

    await test.step("the channel's own agrees, and is taken once", async () => {
      const bill = await shop.bill('alipay', day);
      await uploadBill(finance, '支付宝', day, bill);
      await expect(finance.getByText('账单已上传，核对完成')).toBeVisible();
      await uploadBill(finance, '支付宝', day, bill);
      await expect(finance.getByRole('alert')).toContainText('的账单已经上传过');
    });
  });
});
