#!/usr/bin/env bash
# Builds what runs in the browser, then the server that carries it. Cargo leaves alone what has not changed.
# usage: scripts/build.sh [dev]
set -euo pipefail
. "$(dirname "$0")/environment.sh"

scripts/browser-part.sh

if [ "${1:-}" = dev ]; then
    cargo build --locked --bin guitu --features ssr
else
    cargo build --locked --bin guitu --features ssr --release
fi
