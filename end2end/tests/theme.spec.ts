import { expect, test } from '../support/shop';

test('light or dark is chosen once, kept on every page, and given back to the system', { tag: '@any-engine' }, async ({ open }) => {
  const buyer = await open('13800000001');
  await buyer.emulateMedia({ colorScheme: 'light' });
  const root = buyer.locator('html');
  const ground = () => buyer.locator('body').evaluate((body) => getComputedStyle(body).getPropertyValue('--paper').trim());
  await buyer.goto('/me');
  const byDay = await ground();
  await buyer.getByRole('button', { name: '深色' }).click();
  await expect(buyer).toHaveURL(/\/me$/);
  await buyer.goto('/orders');
  await expect(root).toHaveAttribute('data-theme', 'dark');
  expect(await ground()).not.toBe(byDay);
  await buyer.goto('/me');
  await buyer.getByRole('button', { name: '自动' }).click();
  await expect(root).not.toHaveAttribute('data-theme');
  expect(await ground()).toBe(byDay);
});
