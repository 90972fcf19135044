#!/usr/bin/env bash
# Builds what runs in the browser: target/pkg/guitu.js and guitu_bg.wasm.
set -euo pipefail
. "$(dirname "$0")/environment.sh"

scripts/toolchain.sh

cargo build --locked --lib --target wasm32-unknown-unknown --profile wasm --no-default-features --features hydrate

# Written again only after a change: the server carries these files in itself and would be built again too.
wasm=target/wasm32-unknown-unknown/wasm/guitu.wasm
bundled=target/pkg/guitu_bg.wasm
if [ "$wasm" -nt "$bundled" ] || [ bin/bundle_wasm.rs -nt "$bundled" ]; then
    cargo run --locked --bin bundle-wasm --no-default-features --features bundle
fi
