// One run of wrk over many sessions.
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "guitu-bench-"));
const script = new URL("load.lua", import.meta.url).pathname;

export function load(base, { cookies, paths, seconds, connections = 32 }) {
  const [cookieFile, pathFile] = [join(folder, "cookies"), join(folder, "paths")];
  writeFileSync(cookieFile, cookies.join("\n") + "\n");
  writeFileSync(pathFile, paths.join("\n") + "\n");
  const args = ["-t1", `-c${connections}`, `-d${seconds}s`, "--timeout", "10s", "-s", script, base, "--", cookieFile, pathFile];
  const said = execFileSync("wrk", args, { encoding: "utf8", maxBuffer: 1 << 26 });
  const result = Object.fromEntries([...said.matchAll(/(\w+)=([\d.]+)/g)].map(([, name, value]) => [name, Number(value)]));
  if (result.failed) throw new Error(`${result.failed} of ${result.requests} requests failed at ${base}${paths[0]}`);
  return { ...result, rate: result.requests / result.seconds };
}

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
