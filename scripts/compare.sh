#!/usr/bin/env bash
# This build beside another one: WHAT=cpu (measures their pages in turn, on data that each has seeded), WHAT=bytes (both draw the same data: a hundred
# pages of either side must be the same). The data are kept in target/bench.
# usage: scripts/compare.sh <guitu of before>   WHAT=cpu|bytes ENGINES="sqlite postgres" ORDERS=50000 PAIRS=15 PAGES=100
set -euo pipefail
before=$(realpath "${1:?the program to compare with: scripts/compare.sh <guitu of before>}")
. "$(dirname "$0")/environment.sh"

case "${WHAT:-cpu}" in
    cpu) script=bench/compare.mjs ;;
    bytes) script=bench/same.mjs ;;
    *) echo "WHAT is cpu or bytes" >&2; exit 2 ;;
esac
[ -x "$before" ] || { echo "$before is no program" >&2; exit 2; }
command -v wrk >/dev/null || scripts/packages.sh wrk
scripts/find-postgres.sh >/dev/null 2>&1 || scripts/packages.sh postgresql
scripts/build.sh release
exec scripts/kept-postgres.sh target/bench/postgres node "$script" "$before"
