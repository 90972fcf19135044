#!/usr/bin/env bash
# Prints the Chromium to test with: CHROMIUM, otherwise the one on the PATH. Fails where there is none.
set -euo pipefail

if [ -n "${CHROMIUM:-}" ]; then
    echo "$CHROMIUM"
    exit
fi
for name in chromium chromium-browser google-chrome; do
    if command -v "$name"; then
        exit
    fi
done
exit 1
