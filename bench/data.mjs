// The databases that are measured: made once by `guitu seed --demo --orders`, kept for the next run.
import { execFile, execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { promisify } from "node:util";

const run = promisify(execFile);

// Both, or those that ENGINES names.
export const ENGINES = (process.env.ENGINES || "sqlite postgres").split(/[\s,]+/);

export const GUITU = "target/release/guitu";
const POSTGRES = process.env.KEPT_POSTGRES_URL;

// Not told of what is not there to be dropped.
const quiet = { encoding: "utf8", env: { ...process.env, PGOPTIONS: "-c client_min_messages=warning" } };
const psql = (sql) => execFileSync("psql", ["-qAt", `${POSTGRES}/postgres`, "-c", sql], quiet).trim();

function seed(url, folder, { orders, afterSales = 5, program = GUITU }) {
  const args = ["seed", "--demo", "--orders", orders, "--after-sales", afterSales, "--database-url", url, "--data-dir", folder, "--log-filter", "error"];
  const done = spawnSync(program, args.map(String), { stdio: ["ignore", "ignore", "inherit"] });
  if (done.status !== 0) throw new Error(`no data of ${orders} orders at ${url}`);
}

// A database of so many orders: its URL, its folder, and the seconds that making it took (none where it was there). Another build's own is made by
// its `program` and kept under its name.
export function database(engine, size) {
  const name = `orders_${size.orders}_${size.afterSales ?? 5}${size.build ? `_${size.build}` : ""}`;
  const folder = `target/bench/${engine}_${name}`;
  const began = performance.now();
  mkdirSync(folder, { recursive: true });
  if (engine === "sqlite") {
    const url = `sqlite:${folder}/guitu.db`;
    if (!existsSync(`${folder}/whole`)) {
      rmSync(`${folder}/guitu.db`, { force: true });
      seed(url, folder, size);
      mkdirSync(`${folder}/whole`);
      return { engine, url, folder, seconds: (performance.now() - began) / 1000 };
    }
    return { engine, url, folder };
  }
  const url = `${POSTGRES}/${name}`;
  if (psql(`select 1 from pg_database where datname = '${name}'`) !== "1") {
    psql(`drop database if exists making`);
    psql(`create database making`);
    seed(`${POSTGRES}/making`, folder, size);
    execFileSync("psql", ["-qAt", `${POSTGRES}/making`, "-c", "vacuum analyze"]);
    psql(`alter database making rename to ${name}`);
    return { engine, url, folder, seconds: (performance.now() - began) / 1000 };
  }
  return { engine, url, folder };
}

// The processes of PostgreSQL that serve this database now; on SQLite there are none.
export const backends = ({ engine, url }) =>
  engine === "sqlite" ? [] : psql(`select pid from pg_stat_activity where datname = '${url.split("/").at(-1)}'`).split("\n").filter(Boolean);

// A copy to write in, thrown away before the next of that name. Its books have been checked: what the day's check of a million orders reads
// belongs into no figure.
export function copy(of, name = "copy") {
  const made = copied(of, name);
  sql(made, `update rounds set due_at = ${Date.now() + 86_400_000} where name = 'ledger_check'`);
  return made;
}

function copied(of, name) {
  const folder = `target/bench/${of.engine}_${name}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // With the secret key that the database is sealed with.
  execFileSync("cp", ["-r", "--reflink=auto", `${of.folder}/.`, folder]);
  if (of.engine === "sqlite") return { engine: of.engine, folder, url: `sqlite:${folder}/guitu.db` };
  const called = `written_${name}`;
  psql(`drop database if exists ${called}`);
  psql(`create database ${called} template ${new URL(of.url).pathname.slice(1)}`);
  return { engine: of.engine, folder, url: `${POSTGRES}/${called}` };
}

// What the engine's own shell is called with. PostgreSQL's log hears nothing of it.
function shell(data) {
  const options = { encoding: "utf8", maxBuffer: 1 << 28, env: { ...process.env, PGOPTIONS: "-c log_statement=none" } };
  if (data.engine === "sqlite") return { program: "sqlite3", args: ["-bail", "-cmd", ".timeout 60000", data.url.slice(7)], options };
  return { program: "psql", args: ["-qAt", "-v", "ON_ERROR_STOP=1", data.url], options };
}

// Statements, and what they answer.
export function sql(data, statements) {
  const { program, args, options } = shell(data);
  return execFileSync(program, args, { ...options, input: statements, stdio: ["pipe", "pipe", "inherit"] }).trim();
}

// The same while others go on.
export async function asked(data, statements) {
  const { program, args, options } = shell(data);
  const answer = run(program, args, options);
  answer.child.stdin.end(statements);
  return (await answer).stdout.trim();
}
