import { type Locator, type Page, expect } from '@playwright/test';

/** Opens a dialog by the button of its name, with scripts or without. */
export async function openDialog(page: Page, name: string): Promise<Locator> {
  await page.getByRole('button', { name, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: new RegExp(`^${name}？?$`) });
  await expect(dialog).toBeVisible();
  return dialog;
}

/** Submits the dialog by its last button. */
export async function submit(dialog: Locator, label: string): Promise<void> {
  await dialog.getByRole('button', { name: label, exact: true }).click();
}

/** Ticks a radio or a box where a hand would: its label lies over it. */
export async function tick(choice: Locator): Promise<void> {
  await choice.check({ force: true });
}
