// npm wechatpay-node-v3 against the sandbox: pays, asks, refunds, asks again. Every answer is held against its signature by the client's own code.
import assert from 'node:assert/strict';
import WxPay from 'wechatpay-node-v3';
import { listen } from './callbacks.mjs';

const account = JSON.parse(process.env.ACCOUNT ?? '');
const { number } = account;
const callbacks = await listen();

const Pay = /** @type {any} */ (WxPay).default ?? WxPay;
const client = new Pay({
  appid: account.appid,
  mchid: account.mchid,
  serial_no: account.serial,
  publicKey: Buffer.from(account.platformKey),
  privateKey: Buffer.from(account.key),
  key: account.apiV3Key,
});
Pay.certificates = { [account.platformSerial]: account.platformKey };

/** @param {(name: string) => string | null | undefined} header @param {string} body */
const believed = (header, body) =>
  client.verifySign({
    timestamp: header('wechatpay-timestamp'),
    nonce: header('wechatpay-nonce'),
    serial: header('wechatpay-serial'),
    signature: header('wechatpay-signature'),
    body,
  });

/** @param {string} url @param {RequestInit} asked */
const ask = async (url, asked) => {
  const answer = await fetch(url.replace('https://api.mch.weixin.qq.com', `${account.sandbox}/wechat`), asked);
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  assert.ok(await believed((name) => answer.headers.get(name), text), `an answer to ${url} that the client does not believe`);
  return { status: answer.status, data: JSON.parse(text) };
};
client.createHttp({
  get: (/** @type {string} */ url, /** @type {Record<string, string>} */ headers) => ask(url, { headers }),
  post: (/** @type {string} */ url, /** @type {object} */ params, /** @type {Record<string, string>} */ headers) =>
    ask(url, { method: 'POST', headers, body: JSON.stringify(params) }),
});

/** What a callback tells, if the client believes it. */
const told = async () => {
  const { headers, body } = await callbacks.next();
  const header = (/** @type {string} */ name) => String(headers[name]);
  assert.ok(await believed(header, body), 'a callback that the client does not believe');
  assert.ok(!(await believed(header, body.replace('SUCCESS', 'SUCCES5'))), 'a changed callback was believed');
  const { event_type, resource } = JSON.parse(body);
  return { event_type, ...client.decipher_gcm(resource.ciphertext, resource.associated_data, resource.nonce) };
};

const { data: opened } = await client.transactions_h5({
  description: '西湖龙井 250 克',
  out_trade_no: number,
  notify_url: callbacks.url,
  amount: { total: 8880, currency: 'CNY' },
  scene_info: { payer_client_ip: '203.0.113.7', h5_info: { type: 'Wap', app_name: '归途', app_url: 'https://shop.example' } },
});
assert.match(opened.h5_url, /^http/);
assert.equal((await client.query({ out_trade_no: number })).data.trade_state, 'NOTPAY');

await fetch(`${account.sandbox}/control/payments/${number}/pay`, { method: 'POST' });
const payment = await told();
assert.deepEqual([payment.event_type, payment.out_trade_no], ['TRANSACTION.SUCCESS', number]);
const { data: paid } = await client.query({ out_trade_no: number });
assert.deepEqual([paid.trade_state, paid.amount.total], ['SUCCESS', 8880]);
assert.equal((await client.query({ transaction_id: paid.transaction_id })).data.out_trade_no, number);

const amount = { refund: 2880, total: 8880, currency: 'CNY' };
const { data: asked } = await client.refunds({ out_trade_no: number, out_refund_no: `R${number}`, amount, reason: '买错了', notify_url: callbacks.url });
assert.deepEqual([asked.out_trade_no, asked.amount.refund], [number, 2880]);
const refunded = await told();
assert.deepEqual([refunded.event_type, refunded.out_refund_no], ['REFUND.SUCCESS', `R${number}`]);
const { data: refund } = await client.find_refunds(`R${number}`);
assert.deepEqual([refund.status, refund.amount.refund], ['SUCCESS', 2880]);

callbacks.close();
console.log('wechatpay-node-v3 paid and refunded');
