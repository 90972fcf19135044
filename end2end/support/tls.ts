import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A proxy that ends TLS before a server, as one stands before a shop; `ca` is the file of its certificate. */
export type TlsProxy = { host: string; ca: string; sendTo(url: string): void; stop(): void };

export async function startTlsProxy(): Promise<TlsProxy> {
  const folder = mkdtempSync(join(tmpdir(), 'guitu-tls-'));
  const [key, ca] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', ca, ...subject], { stdio: 'ignore' });

  let target = '';
  const proxy = createServer({ key: readFileSync(key), cert: readFileSync(ca) }, (asked, answer) => {
    const headers = { ...asked.headers, 'x-forwarded-for': asked.socket.remoteAddress ?? '' };
    const onward = request(new URL(asked.url ?? '/', target), { method: asked.method, headers }, (told) => {
      answer.writeHead(told.statusCode ?? 502, told.rawHeaders);
      told.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
  const address = proxy.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  return {
    host: `127.0.0.1:${port}`,
    ca,
    sendTo: (url) => (target = url),
    stop: () => {
      proxy.close();
      proxy.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
