#!/usr/bin/env bash
# Prints the folder of PostgreSQL's programs, the newest of Debian's before the one on the PATH. Fails where there is none.
set -euo pipefail

for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do
    if [ -x "$folder/initdb" ]; then
        echo "$folder"
        exit
    fi
done
initdb=$(command -v initdb)
dirname "$initdb"
