import { type Page, test as base, expect } from '@playwright/test';
import { type Server, startServer } from './server';

/** The password of everyone in the demo shop. */
export const PASSWORD = 'guitu-demo';

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

type WorkerFixtures = { shopName: string; shop: Shop };

/**
 * Journeys of one worker share a shop. A file that moves the clock or breaks the gateway asks for one of its own:
 * `test.use({ shopName: 'clocks' })`.
 */
export const test = base.extend<object, WorkerFixtures>({
  shopName: ['demo', { option: true, scope: 'worker' }],
  shop: [
    async ({ shopName }, use, worker) => {
      const server = await startServer(`${process.env.ENGINE ?? 'sqlite'}-${shopName}-${worker.workerIndex}`);
      await use(new Shop(server));
      await server.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: async ({ shop }, use) => use(shop.url),
});

export { expect };

/** Logs a buyer in by phone number. */
export async function logInBuyer(page: Page, phone: string): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('手机号').fill(phone);
  await logIn(page);
}

/** Logs somebody of the shop's staff in. */
export async function logInStaff(page: Page, login: string): Promise<void> {
  await page.goto('/merchant/login');
  await page.getByLabel('账号').fill(login);
  await logIn(page);
}

async function logIn(page: Page): Promise<void> {
  await page.getByLabel('密码').fill(PASSWORD);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(page).not.toHaveURL(/\/login/);
}
