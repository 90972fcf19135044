#!/usr/bin/env bash
# Builds what runs in the browser, into target/pkg: guitu.js and guitu_bg.wasm, and for pages that ask the server nothing guitu-light.js and
# guitu-light_bg.wasm. Without the light one, every page takes the whole.
# usage: scripts/browser-part.sh [whole]
set -euo pipefail
. "$(dirname "$0")/environment.sh"

scripts/toolchain.sh

# Bundled again only after a change: the server carries these files in itself and would be built again, too.
part() {
    cargo build --locked --lib --target wasm32-unknown-unknown --profile wasm --no-default-features --features "$2"
    local wasm=target/wasm32-unknown-unknown/wasm/guitu.wasm kept=target/browser-part/$1.wasm
    if ! cmp -s "$wasm" "$kept" || [ bin/bundle_wasm.rs -nt "$kept" ] || ! [ -e "target/pkg/${1}_bg.wasm" ]; then
        cargo run --locked --bin bundle-wasm --no-default-features --features bundle -- "$1"
        mkdir -p target/browser-part
        cp "$wasm" "$kept"
    fi
}

if [ "${1:-}" = whole ]; then
    rm -f target/pkg/guitu-light*
else
    part guitu-light hydrate
fi
part guitu asking
