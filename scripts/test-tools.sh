#!/usr/bin/env bash
# Sees to what the tests need beyond the build: Node, a browser that can draw Chinese, PostgreSQL, the Node modules.
set -euo pipefail
. "$(dirname "$0")/environment.sh"

missing=()
if ! command -v npm >/dev/null; then
    missing+=(nodejs npm)
fi
if ! scripts/find-chromium.sh >/dev/null; then
    missing+=(chromium)
fi
if ! fc-list :lang=zh-cn 2>/dev/null | grep -q .; then
    missing+=(fontconfig fonts-noto-cjk)
fi
if [ -z "${TEST_POSTGRES_URL:-}" ] && ! scripts/find-postgres.sh >/dev/null; then
    missing+=(postgresql)
fi
if [ ${#missing[@]} -gt 0 ]; then
    scripts/packages.sh "${missing[@]}"
fi

# The browser comes from the system, never from the modules' own download.
PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm --prefix end2end ci --no-audit --no-fund
