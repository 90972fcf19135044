// P11: no statement of the store reads a large table from end to end, by the engine's own plans: at a million orders, and where each has a case.
import { execFileSync } from "node:child_process";
import { ENGINES, database } from "./data.mjs";
import { figure } from "./print.mjs";

export async function P11(size) {
  for (const engine of ENGINES) {
    for (const data of [{ orders: size.large }, { orders: size.cases, afterSales: 100 }]) {
      const said = execFileSync("target/release/bench-scans", [database(engine, data).url], { encoding: "utf8" });
      const [counts, ...scans] = said.trim().split("\n\n");
      const [statements, large] = counts.split(" ");
      for (const scan of scans) console.log(scan);
      figure("P11", `${engine} ${data.orders} orders`, { statements, large_tables: large, scans: String(scans.length) }, "0", scans.length === 0);
    }
  }
}
