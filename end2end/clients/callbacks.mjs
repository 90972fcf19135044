// A shop that takes callbacks: a listener on a free port, and what it was sent, in order.
import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * @typedef {{ headers: import('node:http').IncomingHttpHeaders, body: string }} Callback
 * @returns {Promise<{ url: string, next: () => Promise<Callback>, close: () => void }>}
 */
export async function listen() {
  /** @type {Callback[]} */
  const received = [];
  const server = createServer(async (request, answer) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    received.push({ headers: request.headers, body: Buffer.concat(pieces).toString() });
    server.emit('told');
    answer.end('success');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  const next = async () => {
    while (received.length === 0) await once(server, 'told', { signal: AbortSignal.timeout(30_000) });
    return /** @type {Callback} */ (received.shift());
  };
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}/told`, next, close };
}
