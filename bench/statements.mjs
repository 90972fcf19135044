// What the server says to its database while one case goes its way: heard in PostgreSQL's log, so that it cannot differ from what is sent.
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "./data.mjs";

const LOG = process.env.KEPT_POSTGRES_LOG;

// From now on the log names the database and the session of each line, and new sessions of this database say all in it.
export function listenTo(data) {
  const name = new URL(data.url).pathname.slice(1);
  sql(data, "alter system set log_line_prefix = '%d %p|'");
  sql(data, `alter database ${name} set log_statement = 'all'; select pg_reload_conf()`);
  return { name, at: statSync(LOG).size };
}

// What was said since it was last asked, as transactions and single statements, in the order in which they began.
export async function heard(ear) {
  // Until the last line is written.
  await sleep(100);
  const until = statSync(LOG).size;
  const bytes = Buffer.alloc(until - ear.at);
  const file = openSync(LOG);
  readSync(file, bytes, 0, bytes.length, ear.at);
  closeSync(file);
  ear.at = until;
  return units(statements(bytes.toString().replace(/\n\t/g, "\n"), ear.name));
}

function statements(text, name) {
  const said = [];
  for (const line of text.split(new RegExp(`^(?=\\S* \\d+\\|)`, "m"))) {
    const [, database, session, kind, rest] = line.match(/^(\S*) (\d+)\|([A-Z]+): {2}([\s\S]*?)\n?$/) ?? [];
    if (database !== name) continue;
    const executed = rest.match(/^(?:execute [^:]*|statement): ([\s\S]*)$/);
    if (kind === "LOG" && executed) said.push({ session, text: executed[1].replace(/\s+/g, " ").trim(), values: [] });
    const values = rest.match(/^parameters: ([\s\S]*)$/i);
    if (kind === "DETAIL" && values) said.findLast((one) => one.session === session).values = parameters(values[1]);
  }
  return said;
}

const parameters = (text) => [...text.matchAll(/\$\d+ = (NULL|'((?:[^']|'')*)')/g)].map(([, whole, quoted]) => (whole === "NULL" ? null : quoted.replaceAll("''", "'")));

function units(said) {
  const [all, open] = [[], new Map()];
  for (const { session, text, values } of said) {
    const unit = open.get(session) ?? [];
    if (unit.length === 0) all.push(unit);
    unit.push({ text, values });
    if (/^begin/i.test(text) || (open.has(session) && !/^(commit|rollback)/i.test(text))) open.set(session, unit);
    else open.delete(session);
  }
  return all;
}

export const wording = (unit) => unit.map(({ text }) => text).join(";\n");
