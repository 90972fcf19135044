import { buy, expectState, order, receive } from '../support/buying';
import { answer, claim, expectCase, sendBack, takeBack } from '../support/claiming';
import { openDialog, submit } from '../support/hand';
import { ship } from '../support/selling';
import { type Open, expect, test } from '../support/shop';

/** Nobody waits here: the clock of shop and gateway is moved on, and what falls due falls due. */
test.use({ shopName: 'clocks' });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const BUYER = '13800000001';
const goods = [{ title: '茉莉花茶 七窨 玻璃罐装' }];

test.describe('a clock runs out', { tag: '@once' }, () => {
  /** An order of the buyer that has arrived. */
  async function received(open: Open) {
    const [buyer, staff] = [await open(BUYER), await open('owner')];
    const number = await buy(buyer, goods);
    await ship(staff, number);
    await buyer.reload();
    await receive(buyer);
    return { buyer, staff, number };
  }

  test('30 minutes unpaid: the order closes', async ({ open, shop }) => {
    const buyer = await open(BUYER);
    const number = await order(buyer, goods);
    await buyer.goto(`/orders/${number}`);
    await expect(buyer.getByText('逾期订单自动关闭')).toBeVisible();
    await shop.advanceClock(31 * MINUTE);
    await expectState(buyer, '已关闭');
    await expect(buyer.getByText('超时未付款，订单自动关闭').first()).toBeVisible();
  });

  test('48 hours without a word about goods not shipped: the money goes back', async ({ open, shop }) => {
    const buyer = await open(BUYER);
    const number = await claim(buyer, await buy(buyer, goods), { kind: '仅退款不退货', reason: '发货太慢' });
    await expect(buyer.getByText('超时自动退款')).toBeVisible();
    await shop.advanceClock(48 * HOUR + MINUTE);
    await expectCase(buyer, number, '退款成功', '已退款');
  });

  test('48 hours without a word about goods on their way: the money goes back', async ({ open, shop }) => {
    const [buyer, staff] = [await open(BUYER), await open('owner')];
    const bought = await buy(buyer, goods);
    await ship(staff, bought);
    const number = await claim(buyer, bought, { kind: '仅退款不退货', reason: '未收到货' });
    await shop.advanceClock(48 * HOUR + MINUTE);
    await expectCase(buyer, number, '退款成功', '已退款');
  });

  test('48 hours without a word about a return: it is approved; 7 days without a waybill: it closes', async ({ open, shop }) => {
    const { buyer, number: bought } = await received(open);
    const number = await claim(buyer, bought, { kind: '退货退款', reason: '七天无理由退货' });
    await expect(buyer.getByText('超时自动同意退货')).toBeVisible();
    await shop.advanceClock(48 * HOUR + MINUTE);
    await expectCase(buyer, number, '请寄回商品', '待退货');
    await expect(buyer.getByText('龙井路 18 号 山间茶铺售后部').first()).toBeVisible();
    await shop.advanceClock(7 * DAY + MINUTE);
    await expectCase(buyer, number, '售后已关闭', '已关闭');
  });

  test('10 days without a look at the return: the money goes back', async ({ open, shop }) => {
    const { buyer, staff, number: bought } = await received(open);
    const number = await claim(buyer, bought, { kind: '退货退款', reason: '商品与描述不符' });
    await answer(staff, number, '处理退货申请', { decision: '通过申请（需要客户寄回商品）' });
    await sendBack(buyer, number);
    await shop.advanceClock(10 * DAY + MINUTE);
    await expectCase(buyer, number, '退款成功', '已退款');
  });

  test('14 days without a word from the buyer: the parcel counts as received', async ({ open, shop }) => {
    const [buyer, staff] = [await open(BUYER), await open('owner')];
    const number = await buy(buyer, goods);
    await ship(staff, number);
    await shop.advanceClock(14 * DAY + MINUTE);
    await buyer.goto(`/orders/${number}`);
    await expectState(buyer, '已完成');
  });

  test('7 days after a rejection: the case closes', async ({ open, shop }) => {
    const { buyer, staff, number: bought } = await received(open);
    const number = await claim(buyer, bought, { kind: '仅退款不退货', reason: '少件/漏发' });
    await answer(staff, number, '处理退款申请', { decision: '驳回', reason: '称重记录显示没有少件' });
    await shop.advanceClock(7 * DAY + MINUTE);
    await expectCase(buyer, number, '售后已关闭', '已关闭');
  });

  test('48 hours without a replacement: the buyer may take the money instead', async ({ open, shop }) => {
    const { buyer, staff, number: bought } = await received(open);
    const number = await claim(buyer, bought, { kind: '换货', reason: '商品质量问题' });
    await answer(staff, number, '处理换货申请', { decision: '通过申请（需要客户寄回商品）' });
    await sendBack(buyer, number);
    await takeBack(staff, number);
    await shop.advanceClock(48 * HOUR + MINUTE);
    await expectCase(buyer, number, '商家超时未发出换货', '待换货发出');
    await submit(await openDialog(buyer, '改为退款'), '确认改为退款');
    await expectCase(buyer, number, '退款成功', '已退款');
  });
});
