#!/usr/bin/env bash
# Builds, then serves the demo shop; its data stay in ./data from one start to the next.
set -euo pipefail
. "$(dirname "$0")/environment.sh"

scripts/build.sh
exec target/debug/guitu serve --demo
