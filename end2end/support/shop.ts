import { type Page, test as base, expect } from '@playwright/test';
import { People } from './people';
import { type Server, startServer } from './server';
import { watch } from './watch';

/** What the sandbox gateway can be told to do wrong, and at which of its operations. */
export type Operation = 'pay' | 'close' | 'refund' | 'query' | 'callback';
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
    return this.control('clock', { advance_ms: ms });
  }

  /** Makes the gateway's next `count` operations of that kind go wrong. */
  planFault(operation: Operation, fault: Fault, count = 1): Promise<void> {
    return this.control('faults', { operation, fault, count });
  }

  /** The gateway behaves well again. */
  clearFaults(): Promise<void> {
    return this.control('faults', undefined, 'DELETE');
  }

  private async control(what: string, body: object | undefined, method = 'POST'): Promise<void> {
    const answer = await fetch(`${this.server.sandboxUrl}/control/${what}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`the sandbox answered ${answer.status} to ${what}: ${await answer.text()}`);
  }
}

type WorkerFixtures = { shopName: string; shop: Shop; people: People };

/** Opens a window of its own for a buyer (by phone), for somebody of the staff (by log-in), or for nobody. */
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
    { scope: 'worker', timeout: 90_000 },
  ],
  people: [async ({ shop: _ }, use) => use(new People()), { scope: 'worker' }],
  baseURL: async ({ shop }, use) => use(shop.url),
  open: async ({ browser, people, baseURL: _ }, use) => {
    const problems: string[] = [];
    const windows: Page[] = [];
    await use(async (who) => {
      const page = who ? await people.open(browser, who) : await (await browser.newContext()).newPage();
      watch(page.context(), problems);
      windows.push(page);
      return page;
    });
    await Promise.all(windows.map((page) => page.context().close()));
    expect(problems).toEqual([]);
  },
});

export { expect };
