import { expect, test } from '../support/shop';

test('titles break between words, not within them', { tag: '@any-engine' }, async ({ open }) => {
  const nobody = await open();
  for (const path of ['/', '/?category=茶叶', '/?q=茶']) {
    await nobody.goto(path);
    const broken = await nobody.locator('h1, h2, h3').evaluateAll((titles) =>
      titles.flatMap((title) => {
        const walker = document.createTreeWalker(title, NodeFilter.SHOW_TEXT);
        const found: string[] = [];
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const text = node.textContent ?? '';
          const top = (index: number) => {
            const range = document.createRange();
            range.setStart(node, index);
            range.setEnd(node, index + 1);
            return range.getBoundingClientRect().top;
          };
          for (let index = 1; index < text.length; index += 1) {
            const [before = '', after = ''] = [text[index - 1], text[index]];
            if (/[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after) && Math.abs(top(index) - top(index - 1)) > 4) {
              found.push(`${text.slice(0, index)}／${text.slice(index)}`);
            }
          }
        }
        return found;
      }),
    );
    expect(broken, path).toEqual([]);
  }
});

test('each side has one word for an order that is not paid', { tag: ['@once', '@any-engine'] }, async ({ open }) => {
  const [staff, buyer] = [await open('owner'), await open('13800000001')];
  for (const path of ['/merchant', '/merchant/orders', '/merchant/orders?status=pending_payment']) {
    await staff.goto(path);
    const words = await staff.locator('body').innerText();
    expect(words).toContain('待支付');
    expect(words).not.toContain('待付款');
  }
  for (const path of ['/me', '/orders']) {
    await buyer.goto(path);
    const words = await buyer.locator('body').innerText();
    expect(words).toContain('待付款');
    expect(words).not.toContain('待支付');
  }
});

test('a day is shown as 2026-01-05 and read as people write it', { tag: '@any-engine' }, async ({ open }) => {
  const staff = await open('owner');
  for (const [path, typed] of [
    ['/merchant/orders', '2026/1/5'],
    ['/merchant/after-sales?queue=all', '20260105'],
    ['/merchant/refunds', '２０２６年１月５日'],
  ] as const) {
    await staff.goto(path);
    const from = staff.getByLabel(/日期从$/);
    await expect(from).toHaveAttribute('type', 'text');
    await expect(from).toHaveAttribute('placeholder', '如 2026-11-22');
    await from.fill(typed);
    await staff.getByRole('button', { name: '筛选', exact: true }).click();
    await expect(staff.getByLabel(/日期从$/)).toHaveValue('2026-01-05');
    await expect(staff.getByRole('alert')).toHaveCount(0);
    await staff.getByLabel(/日期从$/).fill('1/5/26');
    await staff.getByRole('button', { name: '筛选', exact: true }).click();
    await expect(staff.getByLabel(/日期从$/)).toHaveValue('1/5/26');
    await expect(staff.getByLabel(/日期从$/)).toHaveAccessibleDescription(/2026-11-22/);
  }
});

test('what is missing is told in the frame of whoever looks for it', { tag: '@any-engine' }, async ({ open }) => {
  const [staff, buyer] = [await open('service'), await open('13800000001')];
  for (const [path, status] of [
    ['/merchant/no-such-page', 404],
    ['/merchant/orders/G0000-NOTHING', 404],
    ['/merchant/settings/clocks', 403],
  ] as const) {
    const answer = await staff.goto(path);
    expect(answer?.status()).toBe(status);
    await expect(staff.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '订单管理' })).toBeVisible();
    await expect(staff.getByRole('link', { name: '回到工作台' })).toBeVisible();
  }
  for (const path of ['/no-such-page', '/orders/G0000-NOTHING']) {
    const answer = await buyer.goto(path);
    expect(answer?.status()).toBe(404);
    await expect(buyer.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '购物车' })).toBeVisible();
  }
});
