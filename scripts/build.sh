#!/usr/bin/env bash
# Builds what runs in the browser, then the server that carries it. Cargo leaves alone what has not changed.
# usage: scripts/build.sh [dev|shop]   shop: a release without the demo, which has neither sandbox gateway nor seeds
set -euo pipefail
. "$(dirname "$0")/environment.sh"

scripts/browser-part.sh

case "${1:-}" in
    dev) cargo build --locked --bin guitu --features ssr ;;
    shop) cargo build --locked --bin guitu --no-default-features --features ssr --release ;;
    *) cargo build --locked --bin guitu --features ssr --release ;;
esac
