// P6: a hundred thousand clocks of orders under way fall due at once (in a smaller shop, all that there are), before two
// processes of which one is killed half-way: each fires, and once.
import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { ENGINES, GUITU, copy, database, sql } from "./data.mjs";
import { figure } from "./print.mjs";
import { Server, freePort, serving } from "./server.mjs";

async function worker(data) {
  const port = freePort();
  const args = [...serving(data), "--listen", `127.0.0.1:${port}`, "--log-filter", "error"];
  const server = new Server(GUITU, args, { port });
  await server.answers();
  return server;
}

export async function P6(size) {
  for (const engine of ENGINES) {
    const data = copy(database(engine, { orders: size.large }));
    const due = Date.now() - 1000;
    sql(data, `update clocks set due_at = ${due} where subject = 'order' and subject_id in
        (select id from orders where status = 'awaiting_receipt' and receive_by is not null order by receive_by, id limit 100000)`);
    sql(data, `create table bench_due as select subject_id as id from clocks where subject = 'order' and due_at = ${due};
      update orders set receive_by = ${due} where id in (select id from bench_due)`);
    // Others fall due meanwhile, the more the older the data are.
    const left = () => Number(sql(data, `select count(*) from clocks where subject = 'order' and due_at = ${due}`));
    const clocks = left();
    const began = performance.now();
    const [first, second] = [await worker(data), await worker(data)];
    let killed = false;
    for (let waiting = clocks; waiting > 0 && performance.now() - began < 600_000; waiting = left()) {
      if (!killed && waiting < clocks / 2) {
        await first.stop("SIGKILL");
        killed = true;
      }
      await sleep(500);
    }
    const seconds = (performance.now() - began) / 1000;
    await first.stop("SIGKILL");
    await second.stop();
    const fired = (times) => Number(sql(data, `select count(*) from (select order_id from events where kind = 'order_received' and at >= ${due}
        and order_id in (select id from bench_due) group by order_id having count(*) ${times}) e`));
    const [once, more] = [fired("= 1"), fired("> 1")];
    execFileSync(GUITU, ["verify-ledger", "--database-url", data.url, "--data-dir", data.folder, "--log-filter", "error"], { stdio: "ignore" });
    figure("P6", engine, { clocks: String(clocks), seconds, once: String(once), twice: String(more), killed }, "<=120s,each once", seconds <= 120 && once === clocks && more === 0 && killed);
  }
}
