import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { startServer } from '../support/server';
import { startTlsProxy } from '../support/tls';

type Scanned = { scan: { score: number; grade: string; testsFailed: number }; tests: Record<string, { result: string; pass: boolean }> };

test("behind TLS the Observatory's own scanner gives at least 120", { tag: ['@once', '@any-engine'] }, async () => {
  const proxy = await startTlsProxy();
  const server = await startServer('observatory', ['--public-url', `https://${proxy.host}`, '--trusted-proxies', '127.0.0.1']);
  try {
    proxy.sendTo(server.url);
    const program = resolve(__dirname, '../support/observatory.mjs');
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: proxy.ca };
    for (const page of ['', '/login', '/merchant/login']) {
      const { stdout } = await promisify(execFile)(process.execPath, [program, `${proxy.host}${page}`], { env });
      const { scan, tests }: Scanned = JSON.parse(stdout);
      const failed = Object.entries(tests).filter(([, one]) => !one.pass);
      expect(failed, page).toEqual([]);
      expect(scan.score, `${page} ${JSON.stringify(tests)}`).toBeGreaterThanOrEqual(120);
      expect(scan.grade).toBe('A+');
    }
  } finally {
    await server.stop();
    proxy.stop();
  }
});
