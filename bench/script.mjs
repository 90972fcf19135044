// One case as a script: the statements of several that were heard, and where each of their values comes from in another.
import { sql } from "./data.mjs";
import { wording } from "./statements.mjs";

// As far apart as the new ids of two cases must be: no case lasts longer than these milliseconds, in an id's upper bits.
const APART = 1n << 33n;

// `cases`: what was heard of each, and the facts it began with.
export function scriptOf(cases) {
  const shape = ({ units }) => units.map(wording).join(";\n\n");
  const alike = cases.map((one) => cases.filter((other) => shape(other) === shape(one))).sort((a, b) => b.length - a.length)[0];
  if (alike.length < 4) throw new Error(`of ${cases.length} cases only ${alike.length} say the same`);
  const sources = new Map();
  const source = (values) => {
    const key = values.join("\u0000");
    if (!sources.has(key)) sources.set(key, { name: `v${sources.size + 1}`, ...origin(values, alike) });
    return sources.get(key);
  };
  const units = alike[0].units.map((unit, u) =>
    unit.map(({ text, values }, s) => ({
      text,
      values: values.map((value, v) => (value === null ? null : source(alike.map(({ units }) => units[u][s].values[v])))),
    })));
  return { units, sources: [...sources.values()], heard: cases.length, alike: alike.length };
}

// A fact of the case, a number or a word that must be new in each, or the same for all.
function origin(values, alike) {
  const fact = Object.keys(alike[0].facts).find((name) => alike.every(({ facts }, nth) => facts[name] === values[nth]) && isTelling(values));
  if (fact) return { fact };
  if (values.every((value) => value === values[0])) return { always: values[0] };
  if (isId(values[0])) return { id: values[0] };
  // Moments and what is kept as JSON need not differ.
  if (/^-?\d+$/.test(values[0]) || /^[[{]/.test(values[0])) return { always: values[0] };
  return { word: values[0] };
}

const isId = (value) => /^\d{16,}$/.test(value);
// Small numbers that are the same in all cases are no fact of theirs.
const isTelling = (values) => isId(values[0]) || values[0].length >= 16 || values.some((value) => value !== values[0]);

// The values of the nth case of those with these facts.
export function valuesOf({ sources }, facts, nth) {
  return sources.map(({ fact, always, id, word }) => {
    if (fact) return facts[fact];
    if (id) return String(BigInt(id) + BigInt(nth) * APART);
    return word === undefined ? always : `${word}-${nth}`;
  });
}

// Whether each value of a statement is a number, as PostgreSQL understands the statement.
export function typed(data, script) {
  const texts = [...new Set(script.units.flat().map(({ text }) => text))].filter((text) => /\$1/.test(text));
  const types = sql(data, `${texts.map((text, nth) => `prepare said_${nth} as ${text};`).join("\n")}
    select name || '|' || array_to_string(parameter_types::text[], '|') from pg_prepared_statements;`);
  const of = new Map(types.split("\n").map((line) => line.split("|")).map(([name, ...types]) => [texts[name.slice(5)], types]));
  for (const statement of script.units.flat()) statement.numbers = (of.get(statement.text) ?? []).map((type) => /int/.test(type));
}
