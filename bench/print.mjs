// The line of a figure.
let lost = 0;
export const missed = () => lost;

const short = (value) => (typeof value === "number" ? (value >= 100 ? value.toFixed(0) : value.toFixed(2)) : value);

// `facts` by name; `met` says whether the target is reached.
export function figure(name, where, facts, target, met) {
  if (!met) lost++;
  const told = Object.entries(facts).map(([key, value]) => `${key}=${short(value)}`);
  console.log([name, where, ...told, `target=${target}`, met ? "met" : "missed"].join(" "));
}
