#!/usr/bin/env bash
# Serves the demo shop and builds it anew whenever a source changes; until the new one stands the old one goes on. Style sheets need no build:
# reload the page. What runs in the browser is built only after a change on one of its own floors.
set -euo pipefail
. "$(dirname "$0")/environment.sh"

export GUITU_WORKED_ON_STYLES=$PWD/style
browser=(src/api src/domain src/hydrate.rs src/islands src/lib.rs src/routes src/routes.rs src/text src/ui Cargo.toml Cargo.lock bin)
server=(src migrations public build Cargo.toml Cargo.lock)
built=$(mktemp)
serving=

newer() { [ -n "$(find "$@" -newer "$built" -type f -print -quit)" ]; }

stop() {
    if [ -n "$serving" ]; then
        kill "$serving" 2>/dev/null || true
        wait "$serving" 2>/dev/null || true
        serving=
    fi
}

serve() {
    stop
    target/debug/guitu serve --demo &
    serving=$!
}

# The first argument: is the browser part to be built, too? The time is taken before: what changes meanwhile is built next.
build() {
    touch "$built"
    if [ "$1" = yes ]; then
        scripts/browser-part.sh whole || return 1
    fi
    cargo build --locked --bin guitu --features ssr
}

trap 'stop; rm -f "$built"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

build yes
serve
while sleep 0.3; do
    if [ -n "$serving" ] && ! kill -0 "$serving" 2>/dev/null; then
        echo "The shop has ended; it is started again after the next change." >&2
        serving=
    fi
    if newer "${server[@]}"; then
        changed=no
        if newer "${browser[@]}"; then changed=yes; fi
        if build "$changed"; then serve; else echo "Not built: the shop goes on as it was." >&2; fi
    fi
done
