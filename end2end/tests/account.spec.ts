import { NEW_PASSWORD, register } from '../support/people';
import { expect, test } from '../support/shop';

const NEXT = '石板路 下雨 卖伞';

test.describe('one\'s own account', { tag: '@any-engine' }, () => {
  test('another password ends the other devices, and the way back shows nothing after the log-out', async ({ open, browser, baseURL }) => {
    const buyer = await open();
    const phone = await register(buyer, '林远山');
    const other = await (await browser.newContext({ baseURL })).newPage();
    await other.goto('/login');
    await other.getByLabel('手机号').fill(phone);
    await other.getByLabel('密码').fill(NEW_PASSWORD);
    await other.getByRole('button', { name: '登录', exact: true }).click();
    await other.waitForURL('**/me');

    await buyer.goto('/me');
    await buyer.getByRole('link', { name: '账号与安全' }).click();
    await expect(buyer.getByText('当前设备')).toBeVisible();
    await buyer.getByLabel('当前密码').first().fill(NEW_PASSWORD);
    await buyer.getByLabel('新密码').fill('12345678');
    await buyer.getByRole('button', { name: '修改密码' }).click();
    await expect(buyer.getByRole('alert')).toContainText('太容易猜到');
    await buyer.getByLabel('当前密码').first().fill(NEW_PASSWORD);
    await buyer.getByLabel('新密码').fill(NEXT);
    await buyer.getByRole('button', { name: '修改密码' }).click();
    await expect(buyer.getByRole('status')).toContainText('密码已修改');
    await other.goto('/me');
    await expect(other).toHaveURL(/\/login/);
    await other.context().close();

    await buyer.goto('/me/wallet');
    await buyer.goto('/me');
    await buyer.getByRole('button', { name: '退出登录' }).click();
    await expect(buyer).toHaveURL(/\/$/);
    await buyer.goBack();
    await expect(buyer).toHaveURL(/\/login/);
    await expect(buyer.getByText('林远山')).toHaveCount(0);
  });
});
