#!/usr/bin/env bash
# Asks the npm registry for advisories about what the journeys are run with. A registry that does not answer such questions is named, and fails nothing.
set -euo pipefail
. "$(dirname "$0")/environment.sh"

# shellcheck disable=SC2016 # JavaScript's own
{ npm --prefix end2end audit --package-lock-only --json 2>/dev/null || true; } | node -e '
const read = (text) => {
  try {
    return JSON.parse(text || "{}");
  } catch {
    return { message: "no JSON" };
  }
};
const report = read(require("fs").readFileSync(0, "utf8"));
const found = Object.values(report.vulnerabilities ?? {});
if (!report.vulnerabilities) {
  console.log(`npm audit: NOT ASKED, the registry gives no advisories (${report.message ?? "no answer"})`);
} else {
  for (const { name, severity, range } of found) console.error(`npm audit: ${name} ${range}: ${severity}`);
  console.log(`npm audit: ${report.metadata.dependencies.total} packages, ${found.length} with an advisory`);
  process.exitCode = found.length ? 1 : 0;
}'
