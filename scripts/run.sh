#!/usr/bin/env bash
# Builds, then serves the demo shop; its data stay in ./data from one start to the next.
# usage: scripts/run.sh [dev]
set -euo pipefail
. "$(dirname "$0")/environment.sh"

scripts/build.sh "$@"
if [ "${1:-}" = dev ]; then
    exec target/debug/guitu serve --demo
fi
exec target/release/guitu serve --demo
