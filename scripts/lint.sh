#!/usr/bin/env bash
# Format and lints of both halves: the server with its tests, and what runs in the browser.
# usage: scripts/lint.sh [beside-tests]   beside-tests: without the tests and the server they are of, which scripts/tests.sh lints as it builds them
set -euo pipefail
. "$(dirname "$0")/environment.sh"

scripts/toolchain.sh

cargo fmt --check
if [ "${1:-}" != beside-tests ]; then
    cargo clippy --locked --all-targets --features bench -- -D warnings
fi
# What a shop runs is built without the demo.
cargo clippy --locked --lib --bin guitu --no-default-features --features ssr -- -D warnings
cargo clippy --locked --lib --target wasm32-unknown-unknown --no-default-features --features asking -- -D warnings

# What is known against what we stand on: from a dated list, and from the registry where it answers.
if ! command -v npm >/dev/null; then
    scripts/packages.sh nodejs npm
fi
node scripts/advisories.mjs
scripts/npm-audit.sh

# Only where they are installed: neither is worth a build of its own.
if command -v shellcheck >/dev/null; then
    shellcheck scripts/*.sh bench/*.sh .ci/run
fi
if command -v cargo-deny >/dev/null; then
    cargo deny --locked check
fi
