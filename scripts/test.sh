#!/usr/bin/env bash
# Everything the project asks of itself, in the order in which it fails soonest; with FAST=1 what the loop while working needs.
set -euo pipefail
. "$(dirname "$0")/environment.sh"

if [ -n "${FAST:-}" ]; then
    exec scripts/fast-tests.sh
fi

scripts/stage.sh "test tools" scripts/test-tools.sh
scripts/stage.sh "browser part" scripts/browser-part.sh
scripts/stage.sh "format and lints" scripts/lint.sh beside-tests
scripts/stage.sh "unit, integration and doc tests, and their lints" scripts/with-postgres.sh scripts/tests.sh
# Of the server that the tests were built with: a release takes as long again, and shows the same.
scripts/stage.sh "journeys" scripts/with-postgres.sh scripts/journeys.sh
