#!/usr/bin/env bash
# Measures the figures P1–P12 on SQLite and PostgreSQL and prints a line for each. The data are kept in target/bench for the next run.
# usage: [QUICK=1] [ONLY="P1 P3"] [ENGINES=sqlite] [LISTS=workbench] scripts/bench.sh
set -euo pipefail
. "$(dirname "$0")/environment.sh"

missing=()
command -v wrk >/dev/null || missing+=(wrk)
command -v sqlite3 >/dev/null || missing+=(sqlite3)
command -v npm >/dev/null || missing+=(nodejs npm)
scripts/find-postgres.sh >/dev/null 2>&1 || missing+=(postgresql)
if [ ${#missing[@]} -gt 0 ]; then
    scripts/packages.sh "${missing[@]}"
fi
# The browser of P9 and P10.
scripts/test-tools.sh
scripts/build.sh bench
exec scripts/kept-postgres.sh target/bench/postgres node bench/run.mjs
