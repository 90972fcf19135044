#!/usr/bin/env bash
# Builds what runs in the browser, then the server that carries it.
# usage: scripts/build.sh [release|bench|shop]
#   without a word   what `make run` serves: built in a third of the time, unoptimised (target/debug/guitu)
#   release          optimised, for measuring (target/release/guitu)
#   bench            the same, and what `make bench` holds it against
#   shop             a release without the demo, which has neither sandbox gateway nor seeds (target/release/guitu)
set -euo pipefail
. "$(dirname "$0")/environment.sh"

# Views that keep their types are drawn with far fewer allocations, and take minutes to compile: not in `make run` and not in the tests.
whole_views() { export RUSTFLAGS="--cfg whole_views"; }

case "${1:-}" in
    '')
        scripts/browser-part.sh whole
        cargo build --locked --bin guitu --features ssr
        ;;
    release)
        scripts/browser-part.sh
        whole_views
        cargo build --locked --bin guitu --features ssr --release
        ;;
    bench)
        scripts/browser-part.sh
        whole_views
        cargo build --locked --features bench --release
        ;;
    shop)
        scripts/browser-part.sh
        whole_views
        cargo build --locked --bin guitu --no-default-features --features ssr --release
        ;;
    *)
        sed -n '3,7s/^# //p' "$0" >&2
        exit 2
        ;;
esac
