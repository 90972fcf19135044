#!/usr/bin/env bash
# Runs one stage of the tests and says how long it took.
# usage: scripts/stage.sh NAME COMMAND…
set -euo pipefail

name=$1
shift
echo "== $name"
SECONDS=0
if "$@"; then
    echo "== $name: passed in ${SECONDS} s"
else
    status=$?
    echo "== $name: FAILED after ${SECONDS} s"
    exit "$status"
fi
