// Holds Cargo.lock against the known advisories about Rust crates, from the pinned and dated list beside this; fails on one that deny.toml does not
// name with its reason. A fresh list comes from a checkout of the RustSec advisory database.
// usage: node scripts/advisories.mjs [--update CHECKOUT]
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const LIST = new URL("advisories.tsv", import.meta.url);

const numbers = (version) => version.split(/[-+]/)[0].split(".").map(Number);
const early = (version) => version.split("+")[0].includes("-");

// A pre-release comes before its release.
function compare(one, other) {
  const [a, b] = [numbers(one), numbers(other)];
  for (let nth = 0; nth < 3; nth++) {
    const difference = (a[nth] ?? 0) - (b[nth] ?? 0);
    if (difference) return difference;
  }
  return early(other) - early(one);
}

// The first version that is no longer compatible with this one: with `^` the leftmost number that is not zero stands, with `~` the first two.
function next(version, operator) {
  const given = numbers(version);
  const zeros = given.findIndex((number) => number > 0);
  const stands = operator === "~" ? Math.min(1, given.length - 1) : zeros < 0 ? given.length - 1 : zeros;
  return given.map((number, nth) => (nth < stands ? number : nth === stands ? number + 1 : 0)).join(".");
}

const within = (version, range) => range.split(",").every((part) => {
  const [, operator, bound] = part.trim().match(/^(>=|<=|>|<|=|\^|~)?\s*(\S+)$/);
  const order = compare(version, bound);
  switch (operator) {
    case ">=": return order >= 0;
    case "<=": return order <= 0;
    case ">": return order > 0;
    case "<": return order < 0;
    case "=": return order === 0;
    default: return order >= 0 && compare(version, next(bound, operator)) < 0;
  }
});

function update(checkout) {
  const git = (...args) => execFileSync("git", ["-C", checkout, ...args], { encoding: "utf8", maxBuffer: 1 << 28 });
  const files = git("ls-tree", "-r", "HEAD", "--name-only", "crates/").trim().split("\n").filter((file) => file.endsWith(".md"));
  const rows = files.flatMap((file) => {
    const front = git("show", `HEAD:${file}`).split("```")[1];
    if (/^withdrawn/m.test(front)) return [];
    const text = (name) => front.match(new RegExp(`^${name} = "(.*)"`, "m"))?.[1] ?? "";
    const list = (name) => (front.match(new RegExp(`^${name} = \\[([^\\]]*)\\]`, "m"))?.[1].match(/"[^"]*"/g) ?? []).map((range) => range.slice(1, -1)).join(" | ");
    return [[text("id"), text("package"), text("date"), text("informational"), list("patched"), list("unaffected")].join("\t")];
  });
  const as_of = git("log", "-1", "--format=%cs").trim();
  writeFileSync(LIST, [`# as of ${as_of}: id, crate, date, kind if it is no hole, versions in which it is mended, versions that never had it`, ...rows.sort()].join("\n") + "\n");
  console.log(`${rows.length} advisories as of ${as_of}`);
}

const groupBy = (rows, key) => rows.reduce((groups, row) => groups.set(key(row), [...(groups.get(key(row)) ?? []), row]), new Map());

function check() {
  const [head, ...lines] = readFileSync(LIST, "utf8").trim().split("\n");
  const known = groupBy(lines.map((line) => line.split("\t")), ([, crate]) => crate);
  const excepted = new Set(readFileSync("deny.toml", "utf8").match(/RUSTSEC-\d+-\d+/g) ?? []);
  const crates = [...readFileSync("Cargo.lock", "utf8").matchAll(/name = "(.+)"\nversion = "(.+)"\nsource/g)];
  const found = crates.flatMap(([, crate, version]) => (known.get(crate) ?? []).flatMap(([id, , , kind, patched, unaffected]) => {
    const ranges = [patched, unaffected].filter(Boolean).flatMap((list) => list.split(" | "));
    return ranges.some((range) => within(version, range)) ? [] : [{ id, crate, version, kind, patched }];
  }));
  const open = found.filter(({ id }) => !excepted.has(id));
  for (const { id, crate, version, kind, patched } of open) console.error(`${id}: ${crate} ${version}${kind ? ` is ${kind}` : ""}; ${patched ? `take ${patched}` : "there is no version without it"}`);
  for (const id of excepted) if (!found.some((one) => one.id === id)) console.error(`deny.toml excepts ${id}, which concerns nothing in Cargo.lock any more`);
  const stale = [...excepted].filter((id) => !found.some((one) => one.id === id)).length;
  console.log(`${crates.length} crates against ${lines.length} advisories (${head.match(/as of [\d-]+/)[0]}): ${open.length} open, ${found.length - open.length} excepted`);
  process.exitCode = open.length || stale ? 1 : 0;
}

if (process.argv[2] === "--update") update(process.argv[3]);
else check();
