import { openProduct } from '../support/buying';
import { register } from '../support/people';
import { expect, test } from '../support/shop';

test('a double click on 「提交订单」 places one order', async ({ open }) => {
  const buyer = await open();
  await register(buyer, '快手');
  await openProduct(buyer, '桂花糕 现做 十块');
  await buyer.getByRole('button', { name: '立即购买' }).click();
  await buyer.getByRole('button', { name: '提交订单' }).dblclick();
  // The second click may take the place of the first one's way there: where it ends is what counts.
  await expect(buyer).toHaveURL(/\/orders\/[^/]+\/pay$/);
  await buyer.goto('/orders');
  await expect(buyer.getByRole('article')).toHaveCount(1);
});
