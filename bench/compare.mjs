// Two builds beside each other, each on data of its own seed: the pages that people open most, in turn, so that both meet the same machine.
// usage: scripts/compare.sh <guitu of before>   ENGINES, ORDERS, PAIRS as for the bench
import { first } from "./cpu.mjs";
import { ENGINES, GUITU, database } from "./data.mjs";
import { costing, inTurn } from "./load.mjs";
import { buyers, staff } from "./people.mjs";
import { figure } from "./print.mjs";
import { Server, freePort, serving } from "./server.mjs";

const BEFORE = process.argv[2];
const orders = Number(process.env.ORDERS || 50_000);
const pairs = Number(process.env.PAIRS || 15);
const SESSIONS = 20;

async function begin(program, engine, build) {
  const data = database(engine, { orders, build, program });
  const port = freePort();
  const args = [...serving(data), "--listen", `127.0.0.1:${port}`, "--log-filter", "warn", "--workers=false"];
  const server = new Server(program, args, { port });
  await server.answers();
  return { data, server, buyers: await buyers(server.url, SESSIONS, orders), staff: await staff(server.url, SESSIONS) };
}

async function pages(build) {
  return {
    "buyer's list": { cookies: build.buyers, paths: ["/orders"] },
    "buyer's order": await first(build.server, build.buyers, "/orders", /href="(\/orders\/G[^"/?]+)"/),
    "buyer's notices": { cookies: build.buyers, paths: ["/me/messages"] },
    "shop's list": { cookies: build.staff, paths: ["/merchant/orders"] },
    "shop's order": await first(build.server, build.staff, "/merchant/orders?status=completed", /href="(\/merchant\/orders\/G[^"/?]+)"/),
    "shop's queue": { cookies: build.staff, paths: ["/merchant/after-sales?queue=shipped"] },
    "shop's case": await first(build.server, build.staff, "/merchant/after-sales?queue=shipped", /href="(\/merchant\/after-sales\/A[^"/?]+)"/),
    "shop's refunds": { cookies: build.staff, paths: ["/merchant/refunds"] },
  };
}

for (const engine of ENGINES) {
  const [before, after] = [await begin(BEFORE, engine, "before"), await begin(GUITU, engine, "after")];
  const [old, young] = [await pages(before), await pages(after)];
  for (const what of Object.keys(old)) {
    const load = (build, page) => async () => (await costing(build.server, build.data, { ...page, seconds: 1 })).cpu;
    const [now, then, ratio] = await inTurn({ pairs }, (cost) => cost, load(after, young[what]), load(before, old[what]));
    figure("compare", `${engine} ${what}`, { after_ms: now, before_ms: then, ratio }, "<=1.03", ratio <= 1.03);
  }
  await before.server.stop();
  await after.server.stop();
}
