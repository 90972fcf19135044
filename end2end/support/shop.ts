import { type Page, test as base, expect } from '@playwright/test';
import { People } from './people';
import { type Server, startServer } from './server';

/** What the sandbox gateway can be told to do wrong, and at which of its operations. */
export type Operation = 'pay' | 'close' | 'refund' | 'query' | 'callback' | 'login';
export type Fault =
  | { kind: 'late'; ms: number }
  | { kind: 'refuse'; code: string }
  | { kind: 'fail_later'; code: 'ABNORMAL' | 'CLOSED' }
  | { kind: 'down' | 'cut' | 'html' | 'twice' | 'silent' };

/** The demo shop under test, and the hands that move its clock and its gateway. */
export class Shop {
  constructor(private readonly server: Server) {}

  get url(): string {
    return this.server.url;
  }

  /** Moves the clock of shop and gateway on: what falls due falls due now. */
  advanceClock(ms: number): Promise<void> {
    return this.press('clock', { advance_ms: ms });
  }

  /** Makes the gateway's next `count` operations of that kind go wrong. */
  planFault(operation: Operation, fault: Fault, count = 1): Promise<void> {
    return this.press('faults', { operation, fault, count });
  }

  /** The gateway behaves well again. */
  clearFaults(): Promise<void> {
    return this.press('faults', undefined, 'DELETE');
  }

  /** Pays so many fen, whatever was asked for. */
  payOtherAmount(payment: string, amount: number): Promise<void> {
    return this.press(`payments/${payment}/pay`, { amount });
  }

  /** What shop and gateway take for now, in milliseconds. */
  async now(): Promise<number> {
    const { now }: { now: number } = await (await this.control('clock', undefined, 'GET')).json();
    return now;
  }

  /** The gateway's own bill of a channel for a day, byte for byte. */
  async bill(channel: 'wechat' | 'alipay', day: string): Promise<Buffer> {
    const answer = await fetch(`${this.server.sandboxUrl}/control/bills/${channel}/${day}`);
    if (!answer.ok) throw new Error(`the sandbox answered ${answer.status}: ${await answer.text()}`);
    return Buffer.from(await answer.arrayBuffer());
  }

  /** Pays what a page inside WeChat has called its cashier with, if the shop signed it; what the page is told. */
  async payInWechat(call: object): Promise<{ err_msg: string }> {
    return (await this.control('bridge', call)).json();
  }

  private async press(what: string, body: object | undefined, method = 'POST'): Promise<void> {
    await this.control(what, body, method);
  }

  private async control(what: string, body: object | undefined, method = 'POST'): Promise<Response> {
    const answer = await fetch(`${this.server.sandboxUrl}/control/${what}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`the sandbox answered ${answer.status} to ${what}: ${await answer.text()}`);
    return answer;
  }
}

type WorkerFixtures = { shopName: string; shop: Shop; people: People };

/** The window of a buyer (by phone) or of somebody of the staff (by log-in); without a name a new one, of nobody. */
export type Open = (who?: string) => Promise<Page>;

/**
 * Journeys of one worker share a shop. A file that moves the clock or breaks the gateway asks for one of its own:
 * `test.use({ shopName: 'clocks' })`. No window may have complained by the end of a journey.
 */
export const test = base.extend<{ open: Open }, WorkerFixtures>({
  shopName: ['demo', { option: true, scope: 'worker' }],
  shop: [
    async ({ shopName }, use, worker) => {
      const server = await startServer(`${process.env.ENGINE ?? 'sqlite'}-${shopName}-${worker.workerIndex}`);
      await use(new Shop(server));
      await server.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  people: [async ({ shop: _, browser }, use) => use(new People(browser)), { scope: 'worker' }],
  baseURL: async ({ shop }, use) => use(shop.url),
  // With `baseURL` and the project's screen: contexts made in a journey take both from it.
  open: async ({ people, baseURL: _ }, use) => {
    await use((who) => people.open(who));
    expect(await people.rest()).toEqual([]);
  },
});

export { expect };
