// Every figure of quality.md's first table, one line each:  P1 sqlite ours=… limit=… ratio=… target=… met|missed
import { P1, P2, P3 } from "./pages.mjs";
import { P4 } from "./cases.mjs";
import { P5 } from "./batches.mjs";
import { P6 } from "./clocks.mjs";
import { P8 } from "./memory.mjs";
import { P7 } from "./exports.mjs";
import { P10, P9 } from "./wire.mjs";
import { P11 } from "./scans.mjs";
import { missed } from "./print.mjs";

const figures = { P1, P2, P3, P4, P5, P6, P7, P8, P9, P10, P11 };
const only = (process.env.ONLY ?? "").split(/[\s,]+/).filter(Boolean);
const quick = process.env.QUICK === "1";
const size = quick ? { small: 10_000, large: 100_000, seconds: 2, rounds: 3, pairs: 6, look: 1 } : { small: 10_000, large: 1_000_000, seconds: 5, rounds: 5, pairs: 12, look: 2 };
console.log(`small=${size.small} large=${size.large} orders, ${size.rounds} rounds of ${size.seconds} s or ${size.pairs} pairs of ${size.look} s, 32 connections; medians`);
for (const [name, figure] of Object.entries(figures)) {
  if (only.length && !only.includes(name)) continue;
  try {
    await figure(size);
  } catch (error) {
    // One that cannot be measured keeps nobody from the others.
    console.log(`${name} not measured: ${error.message}`);
    process.exitCode = 1;
  }
}
if (missed()) console.log(`${missed()} missed`);
