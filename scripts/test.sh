#!/usr/bin/env bash
# Everything the project asks of itself, in the order in which it fails soonest.
set -euo pipefail
. "$(dirname "$0")/environment.sh"

scripts/stage.sh "test tools" scripts/test-tools.sh
scripts/stage.sh "format and lints" scripts/lint.sh
scripts/stage.sh "browser part" scripts/browser-part.sh
# With the doc tests among them: what must not compile does not.
scripts/stage.sh "unit and integration tests" scripts/with-postgres.sh cargo test --locked --features ssr --no-fail-fast
# Of the server that the tests were built with: a release takes as long again, and shows the same.
scripts/stage.sh "journeys" scripts/with-postgres.sh scripts/journeys.sh
