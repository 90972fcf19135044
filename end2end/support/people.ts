import { type Browser, type BrowserContext, type Page } from '@playwright/test';

/** The password of everyone in the demo shop. */
export const PASSWORD = 'guitu-demo';

/** How many were registered by this worker, so that nobody gets a phone twice. */
let registered = 0;

type Cookies = Awaited<ReturnType<BrowserContext['storageState']>>;

/** Who is logged in where, so that everyone logs in once a worker. */
export class People {
  private readonly known = new Map<string, Cookies>();

  /** A window of their own for a buyer (by phone) or somebody of the staff (by log-in). */
  async open(browser: Browser, who: string): Promise<Page> {
    const context = await browser.newContext({ storageState: this.known.get(who) });
    const page = await context.newPage();
    if (!this.known.has(who)) {
      await (/^\d/.test(who) ? logInBuyer(page, who) : logInStaff(page, who));
      this.known.set(who, await context.storageState());
    }
    return page;
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

/** Registers somebody new, with an address to send parcels to; their phone number. */
export async function register(page: Page, name: string): Promise<string> {
  registered += 1;
  const phone = `139${String(process.pid % 10_000).padStart(4, '0')}${String(registered).padStart(4, '0')}`;
  await page.goto('/register');
  await page.getByLabel('手机号').fill(phone);
  await page.getByLabel('昵称').fill(name);
  await page.getByLabel('密码').fill(PASSWORD);
  await page.getByRole('button', { name: '注册', exact: true }).click();
  await page.waitForURL('**/me');
  await page.goto('/me/addresses/new');
  await page.getByLabel('收件人').fill(name);
  await page.getByLabel('手机号').fill(phone);
  await page.getByLabel('所在地区').fill('浙江省 宁波市 海曙区');
  await page.getByLabel('详细地址').fill('天一巷 7 号');
  await page.getByRole('button', { name: '保存' }).click();
  await page.waitForURL('**/me/addresses');
  return phone;
}
