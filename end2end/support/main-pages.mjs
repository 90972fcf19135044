/**
 * The eight main pages of a buyer of the demo shop, by name.
 * @param {(path: string) => Promise<string>} html the document at a path, as that buyer gets it
 * @returns {Promise<Record<string, string>>}
 */
export async function mainPages(html) {
  const first = async (/** @type {string} */ path, /** @type {RegExp} */ link) => {
    const found = (await html(path)).match(link)?.[1];
    if (!found) throw new Error(`${path} leads to no ${link}`);
    return found.replaceAll('&amp;', '&');
  };
  const product = await first('/', /href="(\/products\/\d+)"/);
  const sku = await first(product, /name="sku"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="sku"/);
  return {
    front: '/',
    product,
    cart: '/cart',
    checkout: `/checkout?sku=${sku}&quantity=1`,
    orders: '/orders',
    order: await first('/orders?status=awaiting_receipt', /href="(\/orders\/[^"/?]+)"/),
    application: await first('/orders?status=awaiting_receipt', /href="(\/orders\/[^"]+\/after-sale[^"]*)"/),
    'after-sale': await first('/after-sales', /href="(\/after-sales\/[^"/?]+)"/),
  };
}
