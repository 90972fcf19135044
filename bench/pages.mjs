// P1, P2: pages against the bare handler that asks the same and writes the same bytes. P3: the same pages at many orders against few.
import { mkdirSync, writeFileSync } from "node:fs";
import { ENGINES, GUITU, database } from "./data.mjs";
import { costing, inTurn, loading, median } from "./load.mjs";
import { buyers, staff } from "./people.mjs";
import { figure } from "./print.mjs";
import { Server, freePort, serving } from "./server.mjs";

const STAFF = 20;
const pages = "target/bench/pages";

export async function serve(data, more = []) {
  const port = freePort();
  const args = [...serving(data), "--listen", `127.0.0.1:${port}`, "--log-filter", "warn", "--workers=false", ...more];
  const server = new Server(GUITU, args, { port });
  await server.answers();
  return server;
}

async function bare(data) {
  const port = freePort();
  const limit = new Server("target/release/bench-limit", [data.url, `127.0.0.1:${port}`, pages], { port, path: "/orders" });
  await limit.answers();
  return limit;
}

export async function people(server, size, orders) {
  return { buyers: await buyers(server.url, size.buyers, orders), staff: await staff(server.url, STAFF) };
}

const NUMBER = /G\d{4}-[2-9A-Z]{8}/g;
const search = (text) => `/merchant/orders?q=${encodeURIComponent(text)}`;

// Of what people might look for, the first that fills a page, as it does in a large shop: half a page is drawn in half the time.
async function full(page, words) {
  let fullest = { rows: -1 };
  for (const text of words) {
    const rows = new Set((await page(search(text))).match(NUMBER)).size;
    if (rows > fullest.rows) fullest = { text, rows };
    if (rows >= 20) break;
  }
  return fullest.text;
}

const open = async (server, list) => (await fetch(server.url + list.path, { headers: { cookie: list.cookies[0] } })).text();

// The lists, as people open them; what is looked for is taken from the list itself.
async function lists(server, { buyers, staff }) {
  const page = (path) => open(server, { cookies: staff, path });
  const orders = (await page("/merchant/orders?status=completed")) + (await page("/merchant/orders?status=awaiting_receipt")) + (await page("/merchant/orders?status=closed"));
  const numbers = [...new Set(orders.match(NUMBER))];
  // Lists hide half of them.
  const [phones, names] = [[], []];
  for (const number of numbers) {
    const [, name, phone] = (await page(`/merchant/orders/${number}`)).match(/<p class="address__person"><b>([^<]+)<\/b> <span>(1\d{10})</);
    phones.push(phone);
    names.push(name);
  }
  const [number, phone] = [numbers[0], phones[0]];
  const tail = await full(page, phones.map((phone) => phone.slice(7)));
  const name = await full(page, names);
  return {
    "buyer-orders": { file: "orders.html", cookies: buyers, path: "/orders" },
    "shop-newest": { file: "merchant-orders.html", cookies: staff, path: "/merchant/orders" },
    "shop-by-status": { file: "merchant-orders.html", cookies: staff, path: "/merchant/orders?status=awaiting_shipment" },
    "shop-by-phone": { file: "merchant-orders.html", cookies: staff, path: search(phone) },
    "shop-by-tail": { file: "merchant-orders.html", cookies: staff, path: search(tail) },
    "shop-by-number": { file: "merchant-orders.html", cookies: staff, path: search(number) },
    "shop-by-name": { file: "merchant-orders.html", cookies: staff, path: search(name) },
    "shop-by-product": { file: "merchant-orders.html", cookies: staff, path: search("桂花乌龙 罐装 第 3 季") },
    // A queue that fills a page in a small shop, too.
    workbench: { file: "after-sales.html", cookies: staff, path: "/merchant/after-sales?queue=shipped" },
  };
}

// How many rows a list shows: pages are alike only where these are.
const shown = async (server, list) => new Set((await open(server, list)).match(NUMBER)).size;

const run = (server, list, seconds) => loading(server.url, { cookies: list.cookies, paths: [list.path], seconds });

// Every list, or those that LISTS names.
const LISTS = (process.env.LISTS || "").split(/[\s,]+/).filter(Boolean);
const asked = (what) => !LISTS.length || LISTS.includes(what);

// Ours and the limit in turn, so that both meet the same machine.
async function against(name, engine, size, chosen, target) {
  const data = database(engine, { orders: size.large });
  const server = await serve(data);
  const who = await people(server, size, size.large);
  for (const [what, list] of Object.entries(await lists(server, who)).filter(([what]) => chosen.includes(what) && asked(what))) {
    const html = await open(server, list);
    mkdirSync(pages, { recursive: true });
    for (const file of ["orders.html", "merchant-orders.html", "after-sales.html"]) writeFileSync(`${pages}/${file}`, html);
    const limit = await bare(data);
    const costs = { ours: [], limit: [], honest: [] };
    const load = (of, at, below = "") => async () => {
      const seen = await costing(at, data, { cookies: list.cookies, paths: [below + list.path], seconds: size.look });
      costs[of].push(seen.cpu);
      return seen.rate;
    };
    const [ours, theirs, ratio] = await inTurn(size, (rate) => rate, load("ours", server), load("limit", limit));
    const [, honest, honestly] = await inTurn(size, (rate) => rate, load("ours", server), load("honest", limit, "/honest"));
    await limit.stop();
    const facts = { ours, limit: theirs, ratio, bytes: html.length, cpu_ms: median(costs.ours), limit_cpu_ms: median(costs.limit) };
    figure(name, `${engine} ${what}`, facts, `>=${target}`, ratio >= target);
    figure(name, `${engine} ${what} honest`, { limit: honest, ratio: honestly, limit_cpu_ms: median(costs.honest) }, ">=0.5", honestly >= 0.5);
  }
  await server.stop();
}

export async function P1(size) {
  for (const engine of ENGINES) await against("P1", engine, size, ["buyer-orders"], 0.7);
}

export async function P2(size) {
  for (const engine of ENGINES) {
    await against("P2", engine, size, ["shop-newest", "shop-by-status", "shop-by-phone", "shop-by-number", "workbench"], 0.7);
  }
}

export async function P3(size) {
  for (const engine of ENGINES) {
    const [few, many] = [await serve(database(engine, { orders: size.small })), await serve(database(engine, { orders: size.large }))];
    const [here, there] = [await lists(few, await people(few, size, size.small)), await lists(many, await people(many, size, size.large))];
    const deep = { ...there["shop-newest"], path: `/merchant/orders?before=${deepId(size.large)}` };
    const pairs = Object.keys(here).map((what) => [what, here[what], there[what]]);
    const all = [...pairs, ["shop-10000-pages-deep", here["shop-newest"], deep]];
    for (const [what, small, large] of all.filter(([what]) => asked(what))) {
      const load = (at, list) => () => run(at, list, size.look);
      const rows = [await shown(many, large), await shown(few, small)].join("/");
      const [after, before, ratio] = await inTurn(size, ({ p50 }) => p50, load(many, large), load(few, small));
      figure("P3", `${engine} ${what}`, { many_ms: after, few_ms: before, ratio, rows }, "<=1.3", ratio <= 1.3);
    }
    await few.stop();
    await many.stop();
  }
}

// Where the page 10,000 begins, twenty orders a page: ids follow time, and the seed says how time went.
function deepId(orders) {
  const younger = Math.min(200_000, Math.floor(orders * 0.9)) / orders;
  const until = Math.floor(Date.now() / 86_400_000) * 86_400_000;
  const at = Math.floor(until - 365 * 86_400_000 * (younger / 10 + 0.9 * younger * younger));
  return (BigInt(at) << 20n).toString();
}
