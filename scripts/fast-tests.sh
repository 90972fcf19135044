#!/usr/bin/env bash
# The loop while working: format, unit tests, the rules that sources keep, and the integration tests of what has changed since the last commit, on
# SQLite. Neither lints, PostgreSQL nor a browser.
# usage: make test FAST=1
set -euo pipefail
. "$(dirname "$0")/environment.sh"

scripts/toolchain.sh
cargo fmt --check

# A trade by its name in a path, and the integration tests that are about it.
changed=$(git diff --name-only HEAD; git ls-files --others --exclude-standard)
about=()
add() { if grep -q "$1" <<<"$changed"; then shift; about+=("$@"); fi; }
add 'orders\|order/\|goods' flows::orders flows::early flows::tenders races
add 'after_sale\|cases' flows::returns flows::refunds flows::exchanges batches clocks::after_sales
add 'money\|payments\|coupon\|wallet' wallet coupons anomalies ledger records
add 'people\|session\|access' getting_in erasure access
add 'http\|forms\|posts\|src/api' in_place bad_input::texts bad_input::twice access
add 'db/\|store\|migrations' search sql statements ledger
# A test that was changed itself, with the module that holds it.
while read -r path; do about+=("$path"); done < <(sed -n 's#^src/tests/\([a-z_]*\)\(/[a-z_]*\)*\.rs$#\1::#p' <<<"$changed" | grep -v '^support\|^main' | sort -u)
rules=(circles contributing floors glossary rules sources unique_names variants words)

cargo test --locked --features ssr --lib
cargo test --locked --features ssr --test integration -- --skip postgres --skip torture --skip attack "${rules[@]}" "${about[@]}"
