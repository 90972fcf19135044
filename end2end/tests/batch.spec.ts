import { buy } from '../support/buying';
import { claim, expectCase } from '../support/claiming';
import { tick } from '../support/hand';
import { expect, test } from '../support/shop';

const goods = [{ title: '山花蜂蜜 500g', spec: '500g' }];

test('refunds that wait are agreed to together, and the page tells how far it is', async ({ open }) => {
  const [buyer, staff] = [await open('13800000005'), await open('owner')];
  const refunds: string[] = [];
  for (let nth = 0; nth < 2; nth += 1) {
    const number = await buy(buyer, goods);
    refunds.push(await claim(buyer, number, { kind: '仅退款不退货', reason: '拍错/不想要' }));
  }

  await test.step('nothing ticked is said in place', async () => {
    await staff.goto('/merchant/after-sales?queue=unshipped');
    await staff.getByRole('button', { name: '批量同意' }).click();
    await expect(staff.getByRole('alert')).toContainText('请勾选要处理的售后');
  });

  await test.step('what was ticked is named with its sum before anything happens', async () => {
    for (const refund of refunds) await tick(staff.getByRole('checkbox', { name: `选择 ${refund}` }));
    await staff.getByRole('button', { name: '批量同意' }).click();
    await expect(staff.getByRole('heading', { level: 1, name: '批量同意退款' })).toBeVisible();
    await expect(staff.getByRole('definition').filter({ hasText: /^2 笔$/ })).toBeVisible();
  });

  await test.step('it goes on by itself, and so does the page', async () => {
    await staff.getByRole('button', { name: /^确认同意退款 2 笔，共 ¥/ }).click();
    await expect(staff.getByText('全部处理完毕')).toBeVisible();
    await staff.goto('/merchant/batches');
    await expect(staff.getByRole('row').filter({ hasText: '未发货退款待处理 · 勾选' }).first()).toContainText('已完成');
  });

  for (const refund of refunds) await expectCase(buyer, refund, '退款成功', '已退款');
});

test('all of a queue is proposed, and dropped again', async ({ open }) => {
  const [buyer, staff] = [await open('13800000005'), await open('service')];
  const refund = await claim(buyer, await buy(buyer, goods), { kind: '仅退款不退货', reason: '拍错/不想要' });
  await staff.goto('/merchant/after-sales?queue=unshipped');
  await tick(staff.getByRole('checkbox', { name: /^选择本队列全部 \d+ 条$/ }));
  await staff.getByRole('button', { name: '批量驳回' }).click();
  await staff.getByRole('button', { name: /^确认驳回 \d+ 笔$/ }).click();
  await expect(staff.getByRole('alert')).toContainText('请填写驳回原因');
  await staff.getByRole('button', { name: '放弃这个批次' }).click();
  await expect(staff.getByText('没有处理任何售后')).toBeVisible();
  await buyer.goto(`/after-sales/${refund}`);
  await expect(buyer.getByRole('heading', { level: 1 })).toHaveText('等待商家处理');
});
