// Two builds on the same data: what the pages show must be the same, byte for byte. Prints each page that differs, with the first place.
// usage: WHAT=bytes scripts/compare.sh <guitu of before>   ENGINES, ORDERS and PAGES (a side, 100)
import { ENGINES, GUITU, copy, database } from "./data.mjs";
import { buyers, staff } from "./people.mjs";
import { Server, freePort, serving } from "./server.mjs";

const BEFORE = process.argv[2];
const orders = Number(process.env.ORDERS || 10_000);
const most = Number(process.env.PAGES || 100);

async function begin(program, data) {
  const port = freePort();
  const server = new Server(program, [...serving(data), "--listen", `127.0.0.1:${port}`, "--log-filter", "warn", "--workers=false"], { port });
  await server.answers();
  return server;
}

// What is new in each answer: the nonce, the keys of forms, names of files by their content, and the moment at which a clock was drawn. The empty
// comments by which an island is woken are as many as its views have types, which a release keeps.
const settled = (html) =>
  html
    .replace(/nonce(="|-)[0-9a-f]{32}/g, "nonce$1N")
    .replace(/(name="request_key" value=")[^"]*/g, "$1K")
    .replace(/\/assets\/([\w.-]+?)[.-][0-9a-f]{8,}(\.\w+)?/g, "/assets/$1$2")
    .replace(/&quot;now&quot;:\d+/g, "now")
    .replaceAll("<!>", "");

const links = (html) => [...html.matchAll(/href="(\/[^"#]*)"/g)].map(([, path]) => path.replaceAll("&amp;", "&"));
const leaves = (path) => /\/assets\/|\/pictures\/|logout|\.csv|export/.test(path);

async function page(server, path, cookie) {
  const answer = await fetch(server.url + path, { headers: { cookie }, redirect: "manual" });
  return `${answer.status} ${answer.headers.get("location") ?? ""}\n${settled(await answer.text())}`;
}

let differing = 0;
for (const engine of ENGINES) {
  const data = copy(database(engine, { orders, build: "before", program: BEFORE }), "same");
  const [before, after] = [await begin(BEFORE, data), await begin(GUITU, data)];
  const sides = { buyer: [(await buyers(before.url, 1, orders))[0], "/"], shop: [(await staff(before.url, 1))[0], "/merchant/after-sales"] };
  for (const [side, [cookie, start]] of Object.entries(sides)) {
    const [seen, waiting] = [new Set([start]), [start]];
    let looked = 0;
    while (waiting.length && looked < most) {
      const path = waiting.shift();
      const [old, young] = [await page(before, path, cookie), await page(after, path, cookie)];
      looked++;
      for (const link of links(old)) {
        if (!seen.has(link) && !leaves(link)) {
          seen.add(link);
          waiting.push(link);
        }
      }
      if (old === young) continue;
      differing++;
      let at = 0;
      while (old[at] === young[at]) at++;
      console.log(`${engine} ${side} ${path} differs at ${at}:\n  before ${old.slice(at - 60, at + 100)}\n  after  ${young.slice(at - 60, at + 100)}`);
    }
    console.log(`${engine} ${side}: ${looked} pages compared`);
  }
  await before.stop();
  await after.stop();
}
console.log(`${differing} differ`);
process.exit(differing ? 1 : 0);
