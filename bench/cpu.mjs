// P12: what a page costs of the processors, the database's work included, by the kernel's accounting: noise moves it least.
import { ENGINES, database } from "./data.mjs";
import { costing, median } from "./load.mjs";
import { people, serve } from "./pages.mjs";
import { figure } from "./print.mjs";

// Milliseconds of CPU a page.
const TARGETS = {
  sqlite: { "buyer-orders": 0.35, "shop-newest": 0.5, order: 0.35 },
  postgres: { "buyer-orders": 0.45, "shop-newest": 0.6, order: 0.45 },
};

// The page of the first thing in a list, as its reader gets there.
export async function first(server, cookies, list, link) {
  const html = await (await fetch(server.url + list, { headers: { cookie: cookies[0] } })).text();
  const found = html.match(link);
  if (!found) throw new Error(`nothing in ${list}`);
  return { cookies: [cookies[0]], paths: [found[1]] };
}

export async function P12(size) {
  for (const engine of ENGINES) {
    const data = database(engine, { orders: size.middle });
    // One address has a hundred connections at most, and reads with six: the load comes through a proxy, from many.
    const server = await serve(data, ["--trusted-proxies", "127.0.0.1"]);
    const { buyers, staff } = await people(server, size, size.middle);
    const pages = {
      "buyer-orders": { cookies: buyers, paths: ["/orders"] },
      "shop-newest": { cookies: staff, paths: ["/merchant/orders"] },
      order: await first(server, buyers, "/orders", /href="(\/orders\/G[^"/?]+)"/),
    };
    for (const [what, target] of Object.entries(TARGETS[engine])) {
      const load = (connections) => costing(server, data, { ...pages[what], connections, seconds: Math.max(1, size.seconds) });
      await load(32);
      const seen = [];
      for (let round = 0; round < size.pairs; round++) seen.push(await load(32));
      const of = (name) => median(seen.map((one) => one[name]));
      const crowd = await load(256);
      const facts = { cpu_ms: of("cpu"), rate: of("rate"), p50: of("p50"), p99: of("p99"), rate_of_256: crowd.rate, p50_of_256: crowd.p50, p99_of_256: crowd.p99 };
      figure("P12", `${engine} ${what}`, facts, `<=${target}`, facts.cpu_ms <= target);
    }
    await server.stop();
  }
}
