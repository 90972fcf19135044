#!/usr/bin/env bash
# Playwright against the server that was built, first on SQLite, then on PostgreSQL (TEST_POSTGRES_URL).
# usage: scripts/journeys.sh [ARGUMENT OF playwright test]…
set -euo pipefail
. "$(dirname "$0")/environment.sh"

CHROMIUM=$(scripts/find-chromium.sh)
export CHROMIUM

npm --prefix end2end run --silent check
for engine in sqlite postgres; do
    ENGINE=$engine scripts/stage.sh "journeys on $engine" npm --prefix end2end exec -- playwright test --config end2end "$@"
done
