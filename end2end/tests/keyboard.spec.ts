import { order } from '../support/buying';
import { openOrder } from '../support/selling';
import { expect, test } from '../support/shop';

test('a dialog is opened, left and filled in by keyboard alone', { tag: ['@scripts', '@once', '@any-engine'] }, async ({ open }) => {
  const buyer = await open('13800000005');
  const staff = await open('owner');
  const number = await order(buyer, [{ title: '桂花糕 现做 十块' }]);
  await openOrder(staff, number);
  await staff.waitForLoadState('networkidle');

  const button = staff.getByRole('button', { name: '修改价格', exact: true });
  const dialog = staff.getByRole('dialog', { name: '修改价格' });
  const hasFocus = () => dialog.evaluate((element) => element.contains(document.activeElement));

  await test.step('focus goes in, stays in, and comes back after Esc', async () => {
    await button.focus();
    await staff.keyboard.press('Enter');
    await expect(dialog).toBeVisible();
    expect(await hasFocus()).toBe(true);
    for (let stops = 0; stops < 8; stops += 1) {
      await staff.keyboard.press('Tab');
      const outside = await staff.evaluate(() => document.activeElement !== document.body && !document.activeElement?.closest('dialog'));
      expect(outside).toBe(false);
    }
    await staff.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(button).toBeFocused();
  });

  await test.step('the space bar opens it too; the new total is said while typing; Enter submits', async () => {
    await staff.keyboard.press(' ');
    await expect(dialog).toBeVisible();
    await dialog.getByLabel('商品改价').focus();
    await staff.keyboard.type('-2');
    await expect(dialog.getByRole('status')).toHaveText('¥40.00');
    await staff.keyboard.press('Enter');
    await expect(staff.getByText('价格已修改，已通知买家')).toBeVisible();
  });

  await test.step('what was refused has the focus when the page comes back', async () => {
    await staff.waitForLoadState('networkidle');
    await button.focus();
    await staff.keyboard.press('Enter');
    await expect(dialog).toBeVisible();
    await dialog.getByLabel('商品改价').focus();
    await staff.keyboard.type('1.234');
    await staff.keyboard.press('Enter');
    await expect(dialog.getByRole('alert')).toBeVisible();
    // The server draws it open; once it is awake it is modal and takes the focus.
    await expect.poll(() => dialog.evaluate((element) => element.matches(':modal') && element.contains(document.activeElement))).toBe(true);
    await staff.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(staff).toHaveURL(new RegExp(`/merchant/orders/${number}$`));
  });
});
