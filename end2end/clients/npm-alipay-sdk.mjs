// npm alipay-sdk against the sandbox: pays, asks, refunds, asks again. It believes no answer that it cannot verify.
import assert from 'node:assert/strict';
import { AlipaySdk } from 'alipay-sdk';
import { listen } from './callbacks.mjs';

const account = JSON.parse(process.env.ACCOUNT ?? '');
const { number } = account;
const callbacks = await listen();

const client = new AlipaySdk({
  appId: account.appId,
  privateKey: account.key,
  keyType: 'PKCS8',
  alipayPublicKey: account.platformKey,
  gateway: `${account.sandbox}/alipay/gateway.do`,
});
/** @param {string} method @param {object} bizContent */
const ask = async (method, bizContent) => {
  const answer = await client.exec(method, { bizContent }, { validateSign: true });
  assert.equal(answer.code, '10000', JSON.stringify(answer));
  return answer;
};

/** What a callback tells, if the client believes it. */
const told = async () => {
  const form = Object.fromEntries(new URLSearchParams((await callbacks.next()).body));
  assert.ok(client.checkNotifySignV2({ ...form }), 'a callback that the client does not believe');
  assert.ok(!client.checkNotifySignV2({ ...form, total_amount: '0.01' }), 'a changed callback was believed');
  return form;
};

const bizContent = { outTradeNo: number, totalAmount: '88.80', subject: '西湖龙井 250 克', productCode: 'QUICK_WAP_WAY', timeoutExpress: '30m' };
const page = await fetch(client.pageExecute('alipay.trade.wap.pay', 'GET', { notifyUrl: callbacks.url, bizContent }));
assert.match(page.url, /\/cashier\//);
assert.equal((await ask('alipay.trade.query', { outTradeNo: number })).tradeStatus, 'WAIT_BUYER_PAY');

await fetch(`${account.sandbox}/control/payments/${number}/pay`, { method: 'POST' });
const payment = await told();
assert.deepEqual([payment.trade_status, payment.out_trade_no], ['TRADE_SUCCESS', number]);
const paid = await ask('alipay.trade.query', { outTradeNo: number });
assert.deepEqual([paid.tradeStatus, paid.totalAmount], ['TRADE_SUCCESS', '88.80']);
assert.equal((await ask('alipay.trade.query', { tradeNo: paid.tradeNo })).outTradeNo, number);

const refunded = await ask('alipay.trade.refund', { outTradeNo: number, outRequestNo: `R${number}`, refundAmount: '28.80', refundReason: '买错了' });
assert.deepEqual([refunded.fundChange, refunded.refundFee], ['Y', '28.80']);
assert.equal((await told()).refund_fee, '28.80');
const refund = await ask('alipay.trade.fastpay.refund.query', { tradeNo: paid.tradeNo, outRequestNo: `R${number}` });
assert.deepEqual([refund.refundStatus, refund.refundAmount], ['REFUND_SUCCESS', '28.80']);

callbacks.close();
console.log('alipay-sdk paid and refunded');
