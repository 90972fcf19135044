#!/usr/bin/env bash
# Sees to what the build needs: Rust, a C compiler (for SQLite), Rust's library for the browser.
set -euo pipefail
. "$(dirname "$0")/environment.sh"

if ! command -v cargo >/dev/null; then
    echo "Rust is missing: install it as https://rustup.rs says, open a new shell, then run this again." >&2
    exit 1
fi
if ! command -v cc >/dev/null; then
    scripts/packages.sh gcc libc6-dev
fi
if ! [ -d "$(rustc --print target-libdir --target wasm32-unknown-unknown)" ]; then
    if ! command -v rustup >/dev/null; then
        echo "Rust has no library for wasm32-unknown-unknown, and there is no rustup to add it: install your system's package of it." >&2
        exit 1
    fi
    rustup target add wasm32-unknown-unknown
fi
