import { type Page } from '@playwright/test';
import { type Shop } from './shop';

/** How the browser inside WeChat calls itself. */
export const IN_WECHAT =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/134.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.60';

/** What the person before WeChat's cashier does. `lies`: WeChat says that it was paid, and it was not. */
export type Person = 'pays' | 'cancels' | 'fails' | 'lies';

/** Gives a page what it finds inside WeChat: a bridge, ready a moment after the page, whose cashier is the sandbox. */
export async function insideWechat(page: Page, shop: Shop): Promise<(next: Person) => void> {
  let person: Person = 'pays';
  await page.exposeFunction('wechatCashier', (call: object) => {
    if (person === 'pays') return shop.payInWechat(call);
    return { err_msg: `get_brand_wcpay_request:${{ cancels: 'cancel', fails: 'fail', lies: 'ok' }[person]}` };
  });
  await page.addInitScript(() => {
    const inside = window as unknown as Record<string, unknown> & { wechatCashier(call: object): Promise<object> };
    const invoke = (name: string, call: object, done: (said: object) => void) => {
      if (name !== 'getBrandWCPayRequest') throw new Error(`WeChat knows no ${name}`);
      void inside.wechatCashier(call).then(done);
    };
    addEventListener('load', () => {
      setTimeout(() => {
        inside['WeixinJSBridge'] = { invoke };
        document.dispatchEvent(new Event('WeixinJSBridgeReady'));
      }, 100);
    });
  });
  return (next) => {
    person = next;
  };
}
