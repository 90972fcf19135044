// P4: returns from the application to the refund that has arrived, through HTTP, against the very statements of one of them, heard before, in
// bare transactions: by pgbench on PostgreSQL, by `bench-limit-writes` on SQLite. The limit has neither HTTP nor drawing nor gateway, and none of the
// worker's looks that find nothing to do.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { bare } from "./bare.mjs";
import { goBack } from "./case.mjs";
import { ENGINES, GUITU, asked, copy, database, sql } from "./data.mjs";
import { givenBack, session, tellGateway, withSessions } from "./goods.mjs";
import { median } from "./load.mjs";
import { staff } from "./people.mjs";
import { figure } from "./print.mjs";
import { scriptOf, typed } from "./script.mjs";
import { Server, freePort, serving } from "./server.mjs";
import { heard, listenTo, wording } from "./statements.mjs";

// Cases under somebody's hands at once, here and at the limit.
const HANDS = 16;
// So many cases at most are on their way at once, those included that wait for their refund alone: who pays back more slowly is given no more.
const UNDER_WAY = 512;
// Seconds until as many refunds arrive as are begun: the sandbox takes one for each.
const WARM = 2;

// A copy with what the gateway's books are to be kept in: in memory where that can be, for a gateway waits for a disk of its own.
function gatewayBeside(data) {
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "guitu-bench-"));
  return { ...data, books: `sqlite:${folder}/sandbox.db`, forget: () => rmSync(folder, { recursive: true }) };
}

async function serve(data) {
  const port = freePort();
  const args = [...serving(data), "--sandbox-database-url", data.books, "--listen", `127.0.0.1:${port}`, "--log-filter", "error"];
  const server = new Server(GUITU, args, { port });
  await server.answers();
  return server;
}

async function once(what, done) {
  for (const began = performance.now(); !(await done()); await sleep(100)) {
    if (performance.now() - began > 120_000) throw new Error(`two minutes, and not ${what}`);
  }
}

const arrived = (data, from, until) =>
  Number(sql(data, `select count(*) from refunds where status = 'succeeded' and settled_at >= ${from} and settled_at < ${until}`));
// Not those of cases that fell due meanwhile: the gateway knows nothing of their payments.
const waiting = async (data, from) =>
  Number(await asked(data, `select count(*) from refunds where created_at >= ${from} and status not in ('succeeded', 'failed', 'manual')`));

// The statements of one case, from a dozen that go their way one after the other.
async function listen(size) {
  const data = gatewayBeside(copy(database("postgres", { orders: size.small }), "heard"));
  const ear = listenTo(data);
  const server = await serve(data);
  try {
    const script = scriptOf(await heardOf(ear, server, data));
    typed(data, script);
    return script;
  } finally {
    await server.stop();
    data.forget();
  }
}

async function heardOf(ear, server, data) {
  const orders = givenBack(data, 14);
  tellGateway(data.books, orders);
  const [shop] = await staff(server.url, 1);
  const sessions = await withSessions(server.url, orders);
  await heard(ear);
  // What is said while nothing happens is said of no case.
  await sleep(2500);
  const idle = new Set((await heard(ear)).map(wording));
  const cases = [];
  for (const order of sessions) {
    const began = Date.now();
    await goBack(server.url, order.cookie, shop, order.number);
    await once("refunded", () => arrived(data, began, began + 60_000) === 1);
    const units = (await heard(ear)).filter((unit) => !idle.has(wording(unit)));
    cases.push({ units, facts: { ...order, session: session(order.cookie), staff_session: session(shop) } });
  }
  // The first of them meet what is not at hand yet.
  return cases.slice(2);
}

// So many hands take one order after the other; the refunds that arrived within the seconds after the first ones count.
async function round(server, data, shops, orders, seconds) {
  const [began, had] = [Date.now(), orders.length];
  const [from, until] = [began + WARM * 1000, began + (WARM + seconds) * 1000];
  let unpaid = 0;
  const hand = async (_, nth) => {
    while (Date.now() < until) {
      if (unpaid + HANDS > UNDER_WAY) {
        await sleep(20);
        continue;
      }
      const order = orders.pop();
      if (!order) throw new Error("there are not enough orders to give back");
      await goBack(server.url, order.cookie, shops[nth % shops.length], order.number);
      unpaid++;
    }
  };
  const watch = async () => {
    for (; Date.now() < until; await sleep(250)) unpaid = await waiting(data, began);
  };
  await Promise.all([watch(), ...Array.from({ length: HANDS }, hand)]);
  const underWay = await waiting(data, began);
  await once("refunded", async () => (await waiting(data, began)) === 0);
  return { rate: arrived(data, from, until) / seconds, underWay, taken: had - orders.length };
}

// Ours and the limit in turn, so that both meet the same machine.
async function against(server, data, other, script, size) {
  const known = givenBack(data, size.rounds * (WARM + size.seconds) * 400);
  tellGateway(data.books, known);
  const shops = await staff(server.url, HANDS / 4);
  const limit = await bare(other, script, known, { hands: HANDS, shop: rowOf(data, session(shops[0])), rounds: size.rounds, seconds: size.seconds });
  // The first round is for the caches, and says how many have to log in before the next.
  const orders = await withSessions(server.url, known.splice(0, Math.min(900, known.length / 3)));
  let most = (await round(server, data, shops, orders, 1)).taken / (WARM + 1);
  const [rates, underWay, limits] = [[], [], []];
  for (let nth = 0; nth < size.rounds; nth++) {
    const wanted = Math.ceil(most * (WARM + size.seconds) * 1.5) + HANDS;
    orders.push(...(await withSessions(server.url, known.splice(0, Math.max(0, wanted - orders.length)))));
    const done = await round(server, data, shops, orders, size.seconds);
    most = Math.max(most, done.taken / (WARM + size.seconds));
    rates.push(done.rate);
    underWay.push(done.underWay);
    limits.push(await limit.round(nth));
  }
  return { ours: median(rates), limit: median(limits), underWay: median(underWay) };
}

function rowOf(data, id) {
  const [, told, expires_at] = sql(data, `select data, expires_at from sessions where id = '${id}'`).match(/^(.*)\|(\d+)$/s);
  return { id, data: told, expires_at };
}

export async function P4(size) {
  const script = await listen(size);
  for (const engine of ENGINES) {
    const base = database(engine, { orders: size.large });
    const [data, other] = [gatewayBeside(copy(base)), copy(base, "limit")];
    const server = await serve(data);
    try {
      const { ours, limit, underWay } = await against(server, data, other, script, size);
      const facts = { ours, limit, ratio: ours / limit, statements: String(script.units.flat().length), under_way: String(underWay) };
      figure("P4", engine, facts, ">=0.5", ours / limit >= 0.5);
    } finally {
      await server.stop();
      data.forget();
    }
  }
}
