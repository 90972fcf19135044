#!/usr/bin/env bash
# Sees to what the tests need beyond the build: Node, a browser that can draw Chinese, PostgreSQL, the Node modules, Python's clients of the gateways.
set -euo pipefail
. "$(dirname "$0")/environment.sh"

missing=()
if ! command -v npm >/dev/null; then
    missing+=(nodejs npm)
fi
if ! command -v openssl >/dev/null; then
    missing+=(openssl)
fi
if ! scripts/find-chromium.sh >/dev/null; then
    missing+=(chromium)
fi
if [ -z "$(fc-list :lang=zh-cn 2>/dev/null)" ]; then
    missing+=(fontconfig fonts-noto-cjk)
fi
if [ -z "${TEST_POSTGRES_URL:-}" ] && ! scripts/find-postgres.sh >/dev/null; then
    missing+=(postgresql)
fi
if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    missing+=(python3 python3-venv)
fi
if [ ${#missing[@]} -gt 0 ]; then
    scripts/packages.sh "${missing[@]}"
fi

# The browser comes from the system, never from the modules' own download.
PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm --prefix end2end ci --no-audit --no-fund

# Python's clients of the payment gateways, laid anew only when their versions change.
clients=target/clients
if ! cmp -s end2end/clients/requirements.txt "$clients/requirements.txt"; then
    python3 -m venv --clear "$clients"
    "$clients/bin/pip" install --quiet --disable-pip-version-check --no-deps -r end2end/clients/requirements.txt
    cp end2end/clients/requirements.txt "$clients/requirements.txt"
fi
