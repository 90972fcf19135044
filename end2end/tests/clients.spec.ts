import { execFile } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startServer } from '../support/server';
import { expect, test } from '../support/shop';

const CLIENTS = resolve(__dirname, '../clients');
/** Where scripts/test-tools.sh puts Python's clients. */
const PYTHON = resolve(__dirname, '../../target/clients/bin/python');

/** The demo's accounts, as src/demo/accounts.rs has them. */
const WECHAT = {
  mchid: '1900000001',
  appid: 'wx0000000000000000',
  serial: '5157F09EFDC096DE15EBE81A47057A7232F1B8E1',
  platformSerial: 'PUB_KEY_ID_0119000000012026112500000001',
};
const ALIPAY = { appId: '2021000000000001' };

/** Clients that merchants use must find in the sandbox what they find at the gateways: each pays, asks, refunds, and verifies what it is told. */
test('the clients of WeChat Pay and Alipay that merchants use believe the sandbox @once @any-engine', async () => {
  test.setTimeout(240_000);
  const server = await startServer('clients');
  try {
    const kept = (name: string) => readFileSync(join(server.dataDir, name), 'utf8').trim();
    const keys = (channel: string) => ({
      sandbox: server.sandboxUrl,
      key: kept(`sandbox-${channel}-shop.pem`),
      platformKey: createPublicKey(kept(`sandbox-${channel}.pem`)).export({ type: 'spki', format: 'pem' }).toString(),
    });
    const wechat = { ...WECHAT, ...keys('wechat'), apiV3Key: kept('sandbox-wechat-api-v3.key') };
    const alipay = { ...ALIPAY, ...keys('alipay') };
    const clients: [program: string, file: string, account: object, said: string][] = [
      [PYTHON, 'pypi-wechatpayv3.py', { ...wechat, number: 'CLIENT0000001' }, 'wechatpayv3 paid and refunded'],
      [PYTHON, 'pypi-python-alipay-sdk.py', { ...alipay, number: 'CLIENT0000002' }, 'python-alipay-sdk paid and refunded'],
      [process.execPath, 'npm-wechatpay-node-v3.mjs', { ...wechat, number: 'CLIENT0000003' }, 'wechatpay-node-v3 paid and refunded'],
      [process.execPath, 'npm-alipay-sdk.mjs', { ...alipay, number: 'CLIENT0000004' }, 'alipay-sdk paid and refunded'],
    ];
    for (const [program, file, account, said] of clients) {
      await test.step(file, async () => {
        const env = { ...process.env, ACCOUNT: JSON.stringify(account), NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' };
        const { stdout } = await promisify(execFile)(program, [join(CLIENTS, file)], { env, timeout: 45_000 });
        expect(stdout.trim()).toBe(said);
      });
    }
  } finally {
    await server.stop();
  }
});
