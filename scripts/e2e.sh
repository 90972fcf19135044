#!/usr/bin/env bash
# The journeys alone, of a server built anew.
# usage: scripts/e2e.sh [ARGUMENT OF playwright test]…
set -euo pipefail
. "$(dirname "$0")/environment.sh"

scripts/test-tools.sh
scripts/browser-part.sh
cargo build --locked --bin guitu --features ssr
scripts/with-postgres.sh scripts/journeys.sh "$@"
