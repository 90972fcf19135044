/**
 * @typedef {{ path: string, status: number, coding: string, kept: string, bytes: number }} Transfer
 * @typedef {{ page: number, islands: number, goods: number, shifted: number, transfers: Transfer[] }} Weight
 */

/** Pictures of goods and of people: counted apart, for they come when they are scrolled to. */
const PICTURE = /^(\/assets)?\/pictures\//;
const ISLANDS = /^\/assets\/guitu.*\.(js|wasm)$/;

/**
 * What a browser that has never been here transfers for a page, in bytes on the wire, headers and all.
 * @param {import('@playwright/test').Page} page
 * @param {string} url
 * @returns {Promise<Weight>} `page` is everything but `islands` (their WASM and JS) and `goods` (pictures); `shifted` is the cumulative layout shift
 */
export async function weigh(page, url) {
  const wire = await page.context().newCDPSession(page);
  /** @type {Map<string, Transfer>} */
  const transfers = new Map();
  wire.on('Network.responseReceived', ({ requestId, response }) => {
    const header = (/** @type {string} */ name) => Object.entries(response.headers).find(([key]) => key.toLowerCase() === name)?.[1] ?? '';
    const { pathname } = new URL(response.url);
    transfers.set(requestId, { path: pathname, status: response.status, coding: header('content-encoding'), kept: header('cache-control'), bytes: 0 });
  });
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const transfer = transfers.get(requestId);
    if (transfer) transfer.bytes = encodedDataLength;
  });
  await wire.send('Network.enable');
  await wire.send('Network.clearBrowserCache');
  await page.goto(url, { waitUntil: 'networkidle' });
  const shifted = await page.evaluate(layoutShift);
  await wire.detach();
  const all = [...transfers.values()];
  const sum = (/** @type {(path: string) => boolean} */ counts) => all.filter(({ path }) => counts(path)).reduce((bytes, one) => bytes + one.bytes, 0);
  const [goods, islands] = [sum((path) => PICTURE.test(path)), sum((path) => ISLANDS.test(path))];
  return { page: sum(() => true) - goods - islands, islands, goods, shifted, transfers: all };
}

/** How much of the page has moved under the reader so far. */
async function layoutShift() {
  const observer = new PerformanceObserver(() => {});
  observer.observe({ type: 'layout-shift', buffered: true });
  await new Promise((drawn) => setTimeout(drawn, 100));
  const shifts = /** @type {{ value: number }[]} */ (/** @type {unknown} */ (observer.takeRecords()));
  return shifts.reduce((sum, { value }) => sum + value, 0);
}
