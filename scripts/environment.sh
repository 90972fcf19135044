# Sourced by the other scripts: the project's folder, and one way of building, so that nothing is ever built twice.
# shellcheck shell=bash
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
export CARGO_TARGET_DIR=$PWD/target
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_RUSTFLAGS CARGO_BUILD_TARGET
