// P11: no statement of the store reads a table that grows with the orders from end to end, by the engine's own plans at a million orders.
import { execFileSync } from "node:child_process";
import { ENGINES, database } from "./data.mjs";
import { figure } from "./print.mjs";

export async function P11(size) {
  for (const engine of ENGINES) {
    const data = database(engine, { orders: size.large });
    const [statements, ...scans] = execFileSync("target/release/examples/scans", [data.url], { encoding: "utf8" }).trim().split("\n\n");
    for (const scan of scans) console.log(scan);
    figure("P11", engine, { statements, scans: String(scans.length) }, "0", scans.length === 0);
  }
}
