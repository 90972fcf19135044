// The limit of P4: a script of statements run for many cases with nothing around it, on a copy of its own.
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { sql } from "./data.mjs";
import { valuesOf } from "./script.mjs";

const run = promisify(execFile);

export async function bare(data, script, orders, { hands, shop, rounds, seconds }) {
  // Everybody is logged in.
  sql(data, `insert into sessions (id, data, expires_at) select number, ${quoted(shop.data)}, ${shop.expires_at} from orders where id in (${orders.map(({ order }) => order).join()})
    union all select '${shop.id}', ${quoted(shop.data)}, ${shop.expires_at}`);
  const cases = orders.map((order, nth) => valuesOf(script, { ...order, session: order.number, staff_session: shop.id }, nth));
  const each = Math.floor(cases.length / rounds);
  return data.engine === "sqlite" ? onSqlite(data, script, cases, each, hands, seconds) : onPostgres(data, script, cases, each, hands, seconds);
}

// What was given back, to be sure that the script has done it.
function whole(data, since, finished) {
  const refunded = Number(sql(data, `select count(*) from refunds where status = 'succeeded' and number like 'R%-1-1-%'`));
  if (refunded < finished + since) throw new Error(`of ${finished} cases at the limit ${refunded - since} were refunded`);
  return refunded;
}

const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

// pgbench takes the values of a case from a table, which is one statement more, and prepares the others once for each client.
async function onPostgres(data, script, cases, each, hands, seconds) {
  const names = script.sources.map(({ name }) => name);
  sql(data, `create table bench_cases (n bigint primary key, ${names.map((name) => `${name} text`).join(", ")});
    insert into bench_cases values ${cases.map((values, nth) => `(${nth}, ${values.map(quoted).join()})`).join()};
    vacuum analyze bench_cases;`);
  const value = (source, number) => (source ? `:${source.name}${number ? "::bigint" : "::text"}` : "null");
  const filled = ({ text, values, numbers }) => text.replace(/\$(\d+)/g, (_, nth) => value(values[nth - 1], numbers[nth - 1]));
  const file = `${data.folder}/case.sql`;
  writeFileSync(file, [
    "\\set n :from + :i * :hands + :client_id",
    "\\set i :i + 1",
    `select ${names.join(", ")} from bench_cases where n = :n \\gset`,
    ...script.units.flat().map((statement) => `${filled(statement)};`),
  ].join("\n"));
  let refunded = 0;
  const round = async (nth) => {
    const args = ["-n", "-M", "prepared", "-c", hands, "-j", 2, "-T", seconds + 1, "-P", 1, "-D", "i=0", "-D", `hands=${hands}`, "-D", `from=${nth * each}`];
    // As the server has its statements planned.
    const env = { ...process.env, PGOPTIONS: "-c plan_cache_mode=force_generic_plan -c random_page_cost=1.1 -c enable_hashjoin=off -c enable_mergejoin=off" };
    const { stdout, stderr } = await run("pgbench", [...args, "-f", file, data.url].map(String), { env });
    const finished = Number(stdout.match(/actually processed: (\d+)/)?.[1]);
    if (!finished || /aborted|ERROR/.test(stderr)) throw new Error(`pgbench: ${stderr.slice(-600)}`);
    refunded = whole(data, refunded, finished);
    // In the first second every client prepares its statements.
    const rates = [...stderr.matchAll(/^progress: [\d.]+ s, ([\d.]+) tps/gm)].slice(1).map(([, rate]) => Number(rate));
    return rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  };
  return { round };
}

// One connection that writes and one that reads for each client, as SQLite wants it; what only locks rows is not said there.
async function onSqlite(data, script, cases, each, hands, seconds) {
  const LOCK = /^select (?:\w+\.)?id from .* for (?:no key )?update/;
  const units = script.units.map((unit) =>
    unit.filter(({ text }) => !LOCK.test(text)).map(({ text, values, numbers }) => ({
      text: text === "BEGIN" ? "BEGIN IMMEDIATE" : text.replace(/ for (?:no key )?update(?: of \w+| skip locked)?$/, ""),
      values: values.map((source, nth) => (source ? [script.sources.indexOf(source), Boolean(numbers[nth])] : null)),
    })));
  const file = `${data.folder}/case.json`;
  let refunded = 0;
  const round = async (nth) => {
    writeFileSync(file, JSON.stringify({ units, cases: cases.slice(nth * each, (nth + 1) * each) }));
    const { stdout } = await run("target/release/bench-limit-writes", [data.url, file, hands, seconds].map(String));
    const [finished, counted] = stdout.trim().split(" ").map(Number);
    refunded = whole(data, refunded, finished);
    return counted / seconds;
  };
  return { round };
}
