#!/usr/bin/env bash
# Installs Debian packages when run as root on Debian; otherwise names them and fails.
# usage: scripts/packages.sh PACKAGE…
set -euo pipefail

if ! command -v apt-get >/dev/null; then
    echo "Missing: $* (names of Debian's packages). Install what your system calls them, then run this again." >&2
    exit 1
fi
if [ "$(id -u)" != 0 ]; then
    echo "Missing: $*. Install them, then run this again:  sudo apt-get install $*" >&2
    exit 1
fi
echo "Installing $*"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -qq -y --no-install-recommends "$@" >/dev/null
