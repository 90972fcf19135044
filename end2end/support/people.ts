import { type Browser, type Page } from '@playwright/test';
import { watch } from './watch';

/** The password of everyone in the demo shop. */
export const PASSWORD = 'guitu-demo';
/** Of those who register: the demo's own is published, and no longer taken. */
export const NEW_PASSWORD = 'three small lanterns';

/** Everyone's window: they log in once a worker, and their browser keeps what it has fetched, as browsers do. */
export class People {
  private readonly windows = new Map<string, Page>();
  private readonly guests: Page[] = [];
  private problems: string[] = [];

  constructor(private readonly browser: Browser) {}

  /** The window of a buyer (by phone), of somebody of the staff (by log-in), or a new one of nobody. */
  async open(who?: string): Promise<Page> {
    const known = who && this.windows.get(who);
    if (known) return known;
    const context = await this.browser.newContext();
    watch(context, (problem) => this.problems.push(problem));
    const page = await context.newPage();
    if (who) {
      await (/^\d/.test(who) ? logInBuyer(page, who) : logInStaff(page, who));
      this.windows.set(who, page);
    } else {
      this.guests.push(page);
    }
    return page;
  }

  /** The journey is over: guests leave, and what went wrong unseen is told. */
  async rest(): Promise<string[]> {
    for (const guest of this.guests.splice(0)) await guest.context().close();
    for (const page of this.windows.values()) await page.goto('about:blank');
    return this.problems.splice(0);
  }
}

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
  await page.waitForURL((url) => !url.pathname.endsWith('/login'));
}

/** How many were registered by this worker, so that nobody gets a phone twice. */
let registered = 0;

/** Registers somebody new, with an address to send parcels to; their phone number. */
export async function register(page: Page, name: string): Promise<string> {
  registered += 1;
  const phone = `139${String(process.pid % 10_000).padStart(4, '0')}${String(registered).padStart(4, '0')}`;
  await page.goto('/register');
  await page.getByLabel('手机号').fill(phone);
  await page.getByLabel('昵称').fill(name);
  await page.getByLabel('密码').fill(NEW_PASSWORD);
  await page.getByRole('button', { name: '注册', exact: true }).click();
  await page.waitForURL('**/me');
  await page.goto('/me/addresses/new');
  await page.getByLabel('收件人').fill(name);
  await page.getByLabel('联系电话').fill(phone);
  await page.getByLabel('所在地区').fill('浙江省 宁波市 海曙区');
  await page.getByLabel('详细地址').fill('天一巷 7 号');
  await page.getByRole('button', { name: '保存' }).click();
  await page.waitForURL(/\/me\/addresses\?done=saved$/);
  return phone;
}
