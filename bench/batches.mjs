// P5: ten thousand waiting refunds agreed to at once, while two hundred pages a second are read: how long, and how long anybody waited.
import { setTimeout as sleep } from "node:timers/promises";
import { ENGINES, GUITU, copy, database, sql } from "./data.mjs";
import { loading } from "./load.mjs";
import { buyers, staff } from "./people.mjs";
import { figure } from "./print.mjs";
import { Server, freePort, serving } from "./server.mjs";

const post = (url, cookie, fields) =>
  fetch(url, { method: "POST", redirect: "manual", body: new URLSearchParams(fields), headers: { cookie, origin: new URL(url).origin, "sec-fetch-site": "same-origin" } });

// The hidden fields of the form that goes there.
async function hidden(server, page, action, cookie) {
  const html = await (await fetch(server.url + page, { headers: { cookie } })).text();
  const form = html.match(new RegExp(`<form[^>]*action="${action}"[^>]*>([\\s\\S]*?)</form>`))?.[1];
  if (!form) return null;
  return Object.fromEntries([...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]));
}

export async function P5(size) {
  for (const engine of ENGINES) {
    const data = copy(database(engine, { orders: size.cases, afterSales: 100 }));
    const port = freePort();
    const server = new Server(GUITU, [...serving(data), "--listen", `127.0.0.1:${port}`, "--log-filter", "error"], { port });
    await server.answers();
    const [owner] = await staff(server.url, 1);
    const readers = await buyers(server.url, 50, size.cases);
    const queue = "/merchant/after-sales?queue=unshipped";
    const proposed = await post(`${server.url}/merchant/batches`, owner, { ...(await hidden(server, queue, "/merchant/batches", owner)), all: "1", decision: "agree_refund" });
    const batch = proposed.headers.get("location");
    if (!batch) throw new Error(`the batch was not proposed: ${proposed.status}`);
    // It is counted first, and then asked to be confirmed.
    let confirm = null;
    while (!(confirm = await hidden(server, batch, `${batch}/start`, owner))) await sleep(250);
    const reading = loading(server.url, { cookies: readers, paths: ["/orders"], seconds: size.cases >= 100_000 ? 60 : 3, connections: 32, looks: 160 });
    const began = performance.now();
    await post(`${server.url}${batch}/start`, owner, confirm);
    const number = batch.split("/").pop();
    const left = () => Number(sql(data, `select count(*) from batch_items i join batches b on b.id = i.batch_id where b.number = '${number}' and i.status = 'waiting'`));
    const cases = left();
    while (left() > 0 && performance.now() - began < 300_000) await sleep(250);
    const seconds = (performance.now() - began) / 1000;
    const { rate, max, p99 } = await reading;
    await server.stop();
    figure("P5", engine, { cases: String(cases), seconds, reads_a_second: rate, reads_p99_ms: p99, reads_max_ms: max }, "<=60s,reads<=1000ms", left() === 0 && seconds <= 60 && max <= 1000);
  }
}
