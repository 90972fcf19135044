// Writes what a shop's server and its pages are made of, as CycloneDX 1.6: every crate of the build without the demo, and beside it what the journeys
// are run with, which nobody is given.
// usage: node scripts/sbom.mjs FILE
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const features = ["--no-default-features", "--features", "ssr,hydrate", "--filter-platform", "x86_64-unknown-linux-gnu", "--filter-platform", "wasm32-unknown-unknown"];
const metadata = JSON.parse(execFileSync("cargo", ["metadata", "--locked", "--format-version", "1", ...features], { encoding: "utf8", maxBuffer: 1 << 28 }));
const sums = new Map(
  [...readFileSync("Cargo.lock", "utf8").matchAll(/name = "(.+)"\nversion = "(.+)"\nsource = .+\nchecksum = "(.+)"/g)].map(([, name, version, sum]) => [`${name}@${version}`, sum]),
);

const packages = new Map(metadata.packages.map((one) => [one.id, one]));
const nodes = new Map(metadata.resolve.nodes.map((node) => [node.id, node]));
// What tests alone need is left out.
const needed = (node) => node.deps.filter(({ dep_kinds }) => dep_kinds.some(({ kind }) => kind !== "dev")).map(({ pkg }) => pkg);
const reached = new Set();
for (const waiting = [metadata.resolve.root]; waiting.length; ) {
  const id = waiting.pop();
  if (reached.has(id)) continue;
  reached.add(id);
  waiting.push(...needed(nodes.get(id)));
}

const reference = (one) => `pkg:cargo/${one.name}@${one.version}`;
// Cargo's older way of writing "or".
const licences = (expression) => (expression ? [{ expression: expression.replaceAll("/", " OR ") }] : []);
const crate = (one) => ({
  type: "library",
  "bom-ref": reference(one),
  name: one.name,
  version: one.version,
  ...(one.description && { description: one.description.trim() }),
  scope: "required",
  ...(sums.has(`${one.name}@${one.version}`) && { hashes: [{ alg: "SHA-256", content: sums.get(`${one.name}@${one.version}`) }] }),
  licenses: licences(one.license),
  purl: reference(one),
  ...(one.repository && { externalReferences: [{ type: "vcs", url: one.repository }] }),
});

const lock = JSON.parse(readFileSync("end2end/package-lock.json", "utf8"));
const modules = Object.entries(lock.packages).filter(([path, one]) => path && one.version).map(([path, one]) => {
  const name = path.split("node_modules/").pop();
  const purl = `pkg:npm/${name.replace("@", "%40")}@${one.version}`;
  const [algorithm, sum] = one.integrity?.split(" ")[0].split(/-(.*)/s) ?? [];
  return {
    type: "library", "bom-ref": `${purl}#${path}`, name, version: one.version, scope: "excluded", purl,
    ...(algorithm && { hashes: [{ alg: algorithm.replace("sha", "SHA-"), content: Buffer.from(sum, "base64").toString("hex") }] }),
    licenses: typeof one.license === "string" ? licences(one.license) : [],
  };
});

const ours = packages.get(metadata.resolve.root);
const others = [...reached].map((id) => packages.get(id)).filter((one) => one !== ours).sort((a, b) => reference(a).localeCompare(reference(b)));
const bom = {
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  version: 1,
  metadata: {
    component: { type: "application", "bom-ref": reference(ours), name: ours.name, version: ours.version, description: ours.description, licenses: licences(ours.license), purl: reference(ours) },
  },
  components: [...others.map(crate), ...modules],
  dependencies: [ours, ...others].map((one) => ({ ref: reference(one), dependsOn: [...new Set(needed(nodes.get(one.id)).map((id) => reference(packages.get(id))))].sort() })),
};
writeFileSync(process.argv[2], `${JSON.stringify(bom, null, 1)}\n`);
const unlicensed = bom.components.filter(({ licenses }) => !licenses.length).map(({ purl }) => purl);
console.log(`${process.argv[2]}: ${others.length} crates, ${modules.length} npm packages of the journeys${unlicensed.length ? `; without a licence: ${unlicensed.join(", ")}` : ""}`);
