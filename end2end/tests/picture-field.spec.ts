import { type Locator, type Page } from '@playwright/test';
import { buy } from '../support/buying';
import { PHOTO } from '../support/claiming';
import { expect, test } from '../support/shop';

/** A picture of this size, drawn by the browser, as bytes. */
async function picture(page: Page, name: string, width: number, height: number, type = 'image/jpeg', noise = false) {
  const data = await page.evaluate(
    async ([width, height, type, noise]) => {
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const paper = canvas.getContext('2d');
      if (!paper) throw new Error('no canvas');
      paper.fillStyle = '#2a7';
      paper.fillRect(0, 0, width / 2, height);
      if (noise) {
        const tile = paper.createImageData(512, 512);
        for (let x = 0; x < width; x += 512) {
          for (let y = 0; y < height; y += 512) {
            for (let from = 0; from < tile.data.length; from += 65_536) crypto.getRandomValues(tile.data.subarray(from, from + 65_536));
            for (let index = 3; index < tile.data.length; index += 4) tile.data[index] = 255;
            paper.putImageData(tile, x, y);
          }
        }
      }
      return canvas.toDataURL(type, 1).split(',')[1] ?? '';
    },
    [width, height, type, noise] as const,
  );
  return { name, mimeType: type, buffer: Buffer.from(data, 'base64') };
}

/** Name, kind and sides of what would be sent. */
function held(field: Locator): Promise<{ name: string; type: string; size: number; width: number; height: number }[]> {
  return field.evaluate(async (element) => {
    const files = [...((element as HTMLInputElement).files ?? [])];
    return Promise.all(
      files.map(async (file) => {
        const { width, height } = await createImageBitmap(file);
        return { name: file.name, type: file.type, size: file.size, width, height };
      }),
    );
  });
}

test('pictures are added, taken out and made smaller before they are sent', { tag: ['@scripts', '@any-engine'] }, async ({ open }) => {
  const buyer = await open('13800000002');
  const number = await buy(buyer, [{ title: '山花蜂蜜 500g', spec: '两瓶' }]);
  await buyer.goto(`/orders/${number}/after-sale`);
  await buyer.waitForLoadState('networkidle');
  const field = buyer.getByLabel('上传凭证');
  const removes = buyer.getByRole('button', { name: /^移除 / });

  await field.setInputFiles(PHOTO);
  // The browser makes them smaller in its own time.
  await expect(removes).toHaveCount(1, { timeout: 30_000 });
  await field.setInputFiles([await picture(buyer, 'wide.jpg', 4000, 3000), await picture(buyer, 'chat.png', 1080, 9600, 'image/png')]);
  await expect(removes).toHaveCount(3, { timeout: 30_000 });
  await expect(buyer.getByRole('status').filter({ hasText: '已选择 3 张图片' })).toBeVisible();
  expect((await held(field)).map(({ name, type, width, height }) => [name, type, width, height])).toEqual([
    ['photo.png', 'image/png', 16, 16],
    ['wide.jpg', 'image/jpeg', 2048, 1536],
    ['chat.jpg', 'image/jpeg', 720, 6400],
  ]);

  await test.step('the same file again is no second one', async () => {
    await field.setInputFiles(PHOTO);
    await expect(buyer.getByRole('status').filter({ hasText: '已选择 3 张图片' })).toBeVisible();
    await expect(removes).toHaveCount(3);
  });

  await test.step('one above the limit of bytes is made to fit', async () => {
    const large = await picture(buyer, 'large.png', 2000, 2000, 'image/png', true);
    expect(large.buffer.length).toBeGreaterThan(5 * 1024 * 1024);
    await field.setInputFiles(large);
    await expect(removes).toHaveCount(4, { timeout: 30_000 });
    const last = (await held(field)).at(-1);
    expect(last?.size).toBeLessThanOrEqual(5 * 1024 * 1024);
    expect([last?.name, last?.width, last?.height]).toEqual(['large.jpg', 2000, 2000]);
  });

  await test.step('each is taken out by the keyboard, and focus goes on', async () => {
    await buyer.getByRole('button', { name: '移除 wide.jpg' }).focus();
    await buyer.keyboard.press('Enter');
    await expect(buyer.getByRole('button', { name: '移除 chat.jpg' })).toBeFocused();
    expect((await held(field)).map(({ name }) => name)).toEqual(['photo.png', 'chat.jpg', 'large.jpg']);
    for (const name of ['chat.jpg', 'large.jpg', 'photo.png']) {
      await buyer.getByRole('button', { name: `移除 ${name}` }).focus();
      await buyer.keyboard.press('Space');
    }
    await expect(removes).toHaveCount(0);
    await expect(field).toBeFocused();
  });

  await test.step('HEIC that the browser cannot open is said, and so is one too many', async () => {
    await field.setInputFiles({ name: 'IMG_0001.HEIC', mimeType: 'image/heic', buffer: Buffer.from('ftypheic') });
    await expect(buyer.getByRole('alert').filter({ hasText: 'HEIC' })).toBeVisible();
    await expect(removes).toHaveCount(0);
    await field.setInputFiles(Array.from({ length: 11 }, (_, index) => ({ ...PHOTO, name: `photo-${index}.png` })));
    await expect(buyer.getByRole('alert').filter({ hasText: '有 2 张没有加入' })).toBeVisible();
    await expect(removes).toHaveCount(9);
  });

  await test.step('whoever sends before they are ready sends them all the same', async () => {
    await buyer.reload({ waitUntil: 'networkidle' });
    await buyer.getByLabel('仅退款不退货').check({ force: true });
    await buyer.getByLabel('退款原因').selectOption('拍错/不想要');
    const [wide, tall] = [await picture(buyer, 'wide.jpg', 4000, 3000), await picture(buyer, 'tall.jpg', 1080, 4800)];
    await field.setInputFiles([wide, tall]);
    await buyer.getByRole('button', { name: '提交申请' }).click();
    await buyer.waitForURL(/\/after-sales\/[^/]+\?done=applied$/);
    await expect(buyer.locator('.pictures img').nth(1)).toBeAttached();
  });
});

test('every field for pictures takes them one after the other', { tag: ['@scripts', '@once', '@any-engine'] }, async ({ open }) => {
  const staff = await open('owner');
  await staff.goto('/merchant/after-sales?queue=return');
  const href = await staff.locator('a[href^="/merchant/after-sales/AS"]').first().getAttribute('href');
  await staff.goto(`${href}?dialog=decide`);
  await staff.waitForLoadState('networkidle');
  await staff.getByRole('radio', { name: '驳回', exact: true }).check({ force: true });
  const field = staff.getByLabel('驳回凭证');
  for (const name of ['one.png', 'two.png']) await field.setInputFiles({ ...PHOTO, name });
  await expect(staff.getByRole('button', { name: /^移除 / })).toHaveCount(2);
  expect((await held(field)).map(({ name }) => name)).toEqual(['one.png', 'two.png']);
});
