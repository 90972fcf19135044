// P9: what a first visit transfers. P10: what Lighthouse says of a buyer's eight main pages on a phone.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mainPages } from "../end2end/support/main-pages.mjs";
import { weigh } from "../end2end/support/weight.mjs";
import { GUITU, database } from "./data.mjs";
import { median } from "./load.mjs";
import { buyerOf, buyers, staff } from "./people.mjs";
import { figure } from "./print.mjs";
import { Server, freePort } from "./server.mjs";

const CHROMIUM = execFileSync("scripts/find-chromium.sh", { encoding: "utf8" }).trim();

async function serve(...args) {
  const port = freePort();
  const server = new Server(GUITU, ["serve", "--listen", `127.0.0.1:${port}`, "--log-filter", "warn", ...args], { port, path: "/readyz" });
  await server.answers();
  return server;
}

const reader = (server, cookie) => async (path) => (await fetch(server.url + path, { headers: { cookie } })).text();

export async function P9(size) {
  const { chromium } = createRequire(new URL("../end2end/package.json", import.meta.url))("@playwright/test");
  const data = database("sqlite", { orders: size.small });
  const server = await serve("--demo", "--sandbox-listen", `127.0.0.1:${freePort()}`, "--database-url", data.url, "--data-dir", data.folder, "--workers=false");
  const [[buyer], [owner]] = [await buyers(server.url, 1, size.small), await staff(server.url, 1)];
  const order = (await reader(server, buyer)("/orders")).match(/href="(\/orders\/[^"/?]+)"/)[1];
  const shopOrder = (await reader(server, owner)("/merchant/orders?status=awaiting_shipment")).match(/href="(\/merchant\/orders\/[^"/?]+)"/)[1];
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  const weight = async (cookie, path) => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const [name, value] = cookie.split("=");
    await context.addCookies([{ name, value, url: server.url }]);
    const weight = await weigh(await context.newPage(), server.url + path);
    await context.close();
    return weight;
  };
  const kib = (bytes) => bytes / 1024;
  for (const [what, cookie, path] of [["buyer-orders", buyer, "/orders"], ["shop-cases", owner, "/merchant/after-sales"]]) {
    const { page, islands, goods } = await weight(cookie, path);
    figure("P9", what, { kib: kib(page + islands), pictures_kib: kib(goods) }, "<=25KiB", kib(page + islands) <= 25);
  }
  const asking = [["buyer-order", buyer, order, 130], ["shop-order", owner, shopOrder, 130], ["shop-orders", owner, "/merchant/orders", 130]];
  for (const [what, cookie, path, most] of [["password", buyer, "/me/security", 110], ...asking]) {
    const { page, islands } = await weight(cookie, path);
    const fits = islands > 0 && kib(islands) <= most && kib(page) <= 25;
    figure("P9", what, { wasm_js_kib: kib(islands), page_kib: kib(page) }, `<=${most}KiB, page <=25KiB`, fits);
  }
  await browser.close();
  await server.stop();
}

export async function P10(size) {
  process.env.CHROMIUM = CHROMIUM;
  const { audits } = await import("../end2end/support/lighthouse.mjs");
  const folder = mkdtempSync(join(tmpdir(), "guitu-bench-"));
  const server = await serve("--demo", "--sandbox-listen", `127.0.0.1:${freePort()}`, "--database-url", `sqlite:${folder}/guitu.db`, "--data-dir", folder);
  const cookie = await buyerOf(server.url, "13800000001");
  for (const [name, path] of Object.entries(await mainPages(reader(server, cookie)))) {
    const categories = ["performance", "accessibility", "best-practices"];
    const urls = Array(size.rounds).fill(server.url + path);
    const runs = [];
    for await (const run of audits(urls, { cookie, categories })) runs.push(run.scores);
    const [performance, accessibility, practices] = categories.map((category) => median(runs.map((scores) => scores[category])));
    const met = performance >= 98 && accessibility === 100 && practices === 100;
    figure("P10", name, { performance, accessibility, practices }, ">=98,100,100", met);
  }
  await server.stop();
  rmSync(folder, { recursive: true });
}
