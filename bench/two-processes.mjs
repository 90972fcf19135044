// People at a shop: each reads the orders and fills a cart, one request after the other, over connections that are kept.
// Meanwhile one process may be sent a signal. Prints one line of JSON.
// usage: node bench/two-processes.mjs URL SECONDS PEOPLE [PID SIGNAL AFTER_SECONDS]
import { Agent, request } from "node:http";

const [url, seconds, people, pid, signal, after] = process.argv.slice(2);
const PHONES = ["13800000001", "13800000002", "13800000003", "13800000004", "13800000005"];
const PASSWORD = "guitu-demo";
const agent = new Agent({ keepAlive: true, maxSockets: Number(people) });

/** One request, to its last byte. */
function ask(method, path, cookie, fields) {
  const body = fields ? new URLSearchParams(fields).toString() : "";
  const headers = { cookie: cookie ?? "", "content-type": "application/x-www-form-urlencoded", "content-length": Buffer.byteLength(body), origin: url };
  return new Promise((answered, failed) => {
    const asked = request(`${url}${path}`, { method, headers, agent, timeout: 30_000 }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => answered({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString() }));
      answer.on("error", failed);
      answer.on("aborted", () => failed(new Error("cut off")));
    });
    asked.on("error", failed);
    asked.on("timeout", () => asked.destroy(new Error("no answer in 30 s")));
    asked.end(body);
  });
}

async function logIn(phone) {
  const answer = await ask("POST", "/login", "", { phone, password: PASSWORD });
  if (answer.status !== 303) throw new Error(`${phone} cannot log in: ${answer.status}`);
  return answer.headers["set-cookie"].map((cookie) => cookie.split(";")[0]).join("; ");
}

/** A product that can be put into a cart: its page, and the first of its kinds. */
async function ware(cookie) {
  const home = (await ask("GET", "/", cookie)).text;
  for (const [, path] of home.matchAll(/href="?(\/products\/\d+)/g)) {
    const sku = (await ask("GET", path, cookie)).text.match(/<input[^>]*name="?sku"?[^>]*value="?(\d+)"?(?![^>]*disabled)/)?.[1];
    if (sku) return { path, sku };
  }
  throw new Error("nothing is for sale");
}

const cookies = await Promise.all(PHONES.map(logIn));
const goods = await ware(cookies[0]);
const began = performance.now();
const until = began + seconds * 1000;
const took = [];
const failures = [];
let sent = null;
if (pid) {
  setTimeout(() => {
    process.kill(Number(pid), signal);
    sent = performance.now();
  }, after * 1000);
}

/** Eight looks at the orders, then something into the cart and out again. */
async function person(cookie) {
  for (let step = 0; performance.now() < until; step += 1) {
    const turn = step % 10;
    const write = turn >= 8;
    const from = performance.now();
    try {
      const answer = !write
        ? await ask("GET", "/orders", cookie)
        : turn === 8
          ? await ask("POST", goods.path, cookie, { sku: goods.sku, quantity: 1, action: "cart", request_key: crypto.randomUUID() })
          : await ask("POST", `/cart/${goods.sku}/remove`, cookie);
      const now = performance.now();
      if (answer.status >= 500) failures.push({ at: now, write, why: String(answer.status) });
      else took.push(now - from);
    } catch (error) {
      failures.push({ at: performance.now(), write, why: error.code ?? error.message });
    }
  }
}

await Promise.all(Array.from({ length: Number(people) }, (_, index) => person(cookies[index % cookies.length])));
took.sort((a, b) => a - b);
const quantile = (part) => Number((took[Math.floor((took.length - 1) * part)] ?? 0).toFixed(1));
const late = failures.filter((failure) => sent !== null && failure.at >= sent);
console.log(JSON.stringify({
  answered: took.length,
  per_second: Math.round(took.length / ((performance.now() - began) / 1000)),
  p50_ms: quantile(0.5),
  p99_ms: quantile(0.99),
  longest_ms: quantile(1),
  failed: failures.length,
  failed_reads: failures.filter((failure) => !failure.write).length,
  failed_writes: failures.filter((failure) => failure.write).length,
  last_failure_after_signal_ms: late.length ? Math.round(Math.max(...late.map((failure) => failure.at)) - sent) : 0,
  why: [...new Set(failures.map((failure) => failure.why))],
}));
agent.destroy();
