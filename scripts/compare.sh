#!/usr/bin/env bash
# Measures this build's pages against those of another one, in turn, on data that each has seeded; the data are kept in target/bench.
# usage: scripts/compare.sh <guitu of before>   ENGINES="sqlite postgres" ORDERS=50000 PAIRS=15
set -euo pipefail
before=$(realpath "${1:?the program to compare with: scripts/compare.sh <guitu of before>}")
. "$(dirname "$0")/environment.sh"

[ -x "$before" ] || { echo "$before is no program" >&2; exit 2; }
command -v wrk >/dev/null || scripts/packages.sh wrk
scripts/find-postgres.sh >/dev/null 2>&1 || scripts/packages.sh postgresql
scripts/build.sh release
exec scripts/kept-postgres.sh target/bench/postgres node bench/compare.mjs "$before"
