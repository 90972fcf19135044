// One run of wrk over many sessions.
import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { backends } from "./data.mjs";

const folder = mkdtempSync(join(tmpdir(), "guitu-bench-"));
const script = new URL("load.lua", import.meta.url).pathname;
let runs = 0;

// A reader asks for the next page `looks` milliseconds after the last, or at once. Milliseconds of p50, p99 and max, requests a second as `rate`. A request that fails is an error: nothing is measured of a server that does not answer.
export async function loading(base, { cookies, paths, seconds, connections = 32, looks = 0 }) {
  const [cookieFile, pathFile] = [join(folder, `cookies${runs}`), join(folder, `paths${runs++}`)];
  writeFileSync(cookieFile, cookies.join("\n") + "\n");
  writeFileSync(pathFile, paths.join("\n") + "\n");
  const args = ["-t1", `-c${connections}`, `-d${Math.ceil(seconds)}s`, "--timeout", "10s", "-s", script, base, "--", cookieFile, pathFile, String(looks)];
  const running = promisify(execFile)("wrk", args, { maxBuffer: 1 << 26 });
  // wrk counts whole seconds; told to stop it says what it has.
  const timer = Number.isInteger(seconds) ? null : setTimeout(() => running.child.kill("SIGINT"), seconds * 1000);
  const { stdout } = await running;
  clearTimeout(timer);
  const result = Object.fromEntries([...stdout.matchAll(/(\w+)=([\d.]+)/g)].map(([, name, value]) => [name, Number(value)]));
  if (result.failed) throw new Error(`${result.failed} of ${result.requests} requests failed at ${base}${paths[0]}`);
  return { ...result, rate: result.requests / result.seconds };
}

// Milliseconds of CPU that one page of a load has cost, and what the load measured.
export async function costing(server, data, page) {
  server.backends = backends(data);
  const before = server.cpu();
  const seen = await loading(server.url, page);
  return { ...seen, cpu: (server.cpu() - before) / seen.requests };
}

// Two loads in turn, so that both meet the same machine: the medians of what `of` reads from each, and of the quotient of neighbours, which knows
// nothing of a machine that is slow for a while.
export async function inTurn({ pairs }, of, one, other) {
  const [ones, others, quotients] = [[], [], []];
  await one();
  await other();
  for (let round = 0; round < pairs; round++) {
    // Each goes first as often as the other.
    for (const [load, heard] of round % 2 ? [[other, others], [one, ones]] : [[one, ones], [other, others]]) heard.push(of(await load()));
    quotients.push(ones.at(-1) / others.at(-1));
  }
  return [median(ones), median(others), median(quotients)];
}

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
