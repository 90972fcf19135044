// P7: every refund of a shop as CSV and as XLSX: how soon the first byte comes, and how much memory it takes.
import { ENGINES, GUITU, database } from "./data.mjs";
import { staff } from "./people.mjs";
import { figure } from "./print.mjs";
import { Server, freePort, serving } from "./server.mjs";

export async function P7(size) {
  for (const engine of ENGINES) {
    const data = database(engine, { orders: size.refunds, afterSales: 100 });
    const port = freePort();
    const args = [...serving(data), "--listen", `127.0.0.1:${port}`, "--log-filter", "warn", "--workers=false"];
    const server = new Server(GUITU, args, { port });
    await server.answers();
    const [cookie] = await staff(server.url, 1, "finance");
    for (const format of ["csv", "xlsx"]) {
      await server.settle();
      const before = server.memory().now;
      const began = performance.now();
      const answer = await fetch(`${server.url}/merchant/refunds/export?format=${format}`, { headers: { cookie } });
      if (!answer.ok) throw new Error(`the export says ${answer.status}`);
      let [first, bytes, lines] = [null, 0, 0];
      for await (const chunk of answer.body) {
        first ??= performance.now() - began;
        bytes += chunk.length;
        for (const byte of chunk) if (byte === 10) lines++;
      }
      const grown = server.memory().most - before;
      const seconds = (performance.now() - began) / 1000;
      const facts = { first_ms: first, grown_mib: grown, seconds, mib: bytes / 1048576, ...(format === "csv" ? { lines: String(lines) } : {}) };
      figure("P7", `${engine} ${format}`, facts, "<=1000ms,<=120MiB", first <= 1000 && grown <= 120);
    }
    await server.stop();
  }
}
