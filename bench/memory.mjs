// P8: resident memory while many people read many orders, and the time from start to the first answer on a database that is there.
import { ENGINES, GUITU, database } from "./data.mjs";
import { loading, median } from "./load.mjs";
import { buyers, staff } from "./people.mjs";
import { figure } from "./print.mjs";
import { Server, freePort, serving } from "./server.mjs";

async function start(data) {
  const port = freePort();
  const args = [...serving(data), "--listen", `127.0.0.1:${port}`, "--log-filter", "warn"];
  const server = new Server(GUITU, args, { port });
  await server.answers();
  return server;
}

export async function P8(size) {
  for (const engine of ENGINES) {
    const data = database(engine, { orders: size.large });
    const starts = [];
    for (let round = 0; round < size.rounds; round++) {
      const server = await start(data);
      starts.push(server.ready);
      await server.stop();
    }
    figure("P8", `${engine} start`, { ms: median(starts) }, "<=300", median(starts) <= 300);
    const server = await start(data);
    const [b, s] = [await buyers(server.url, Math.min(100, size.buyers), size.large), await staff(server.url, 20)];
    for (const [cookies, path] of [[b, "/orders"], [b, "/"], [s, "/merchant/orders"], [s, "/merchant/after-sales"], [s, "/merchant"]]) {
      await loading(server.url, { cookies, paths: [path], seconds: size.seconds });
    }
    const { now, most } = server.memory();
    figure("P8", `${engine} memory`, { mib: now, most_mib: most }, "<=150", most <= 150);
    await server.stop();
  }
}
