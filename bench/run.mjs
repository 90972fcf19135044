// Every figure of speed and size, one line each:  P1 sqlite ours=… limit=… ratio=… target=… met|missed
import { P1, P2, P3 } from "./pages.mjs";
import { P4 } from "./cases.mjs";
import { P5 } from "./batches.mjs";
import { P6 } from "./clocks.mjs";
import { P8 } from "./memory.mjs";
import { P7 } from "./exports.mjs";
import { P10, P9 } from "./wire.mjs";
import { P11 } from "./scans.mjs";
import { P12 } from "./cpu.mjs";
import { missed } from "./print.mjs";

const figures = { P1, P2, P3, P4, P5, P6, P7, P8, P9, P10, P11, P12 };
const only = (process.env.ONLY ?? "").split(/[\s,]+/).filter(Boolean);
const quick = process.env.QUICK === "1";
// Orders, orders with a case each for the batch and for the export, sessions of buyers; rounds and pairs of loads, and the seconds of one.
const size = quick
  ? { small: 10_000, middle: 50_000, large: 50_000, cases: 10_000, refunds: 10_000, buyers: 30, rounds: 1, seconds: 1, pairs: 3, look: 0.3 }
  : { small: 10_000, middle: 200_000, large: 1_000_000, cases: 400_000, refunds: 2_100_000, buyers: 200, rounds: 5, seconds: 5, pairs: 12, look: 2 };
console.log(`small=${size.small} large=${size.large} orders, ${size.rounds} rounds of ${size.seconds} s or ${size.pairs} pairs of ${size.look} s, 32 connections; medians`);
const began = performance.now();
let unmeasured = 0;
for (const [name, figure] of Object.entries(figures)) {
  if (only.length && !only.includes(name)) continue;
  try {
    await figure(size);
  } catch (error) {
    // One that cannot be measured keeps nobody from the others.
    console.log(`${name} not measured: ${error.message}`);
    unmeasured++;
    process.exitCode = 1;
  }
}
console.log(`${missed()} missed, ${unmeasured} not measured, in ${((performance.now() - began) / 60_000).toFixed(1)} minutes`);
// One that could not be measured may have left its server.
process.exit();
