#!/bin/sh
# Every session, presence, role and current work. Usage: session-sync.sh [hive options]
hive() { node "$(CDPATH='' cd -P -- "$(dirname -- "$0")" && pwd)/../dist/main.cjs" "$@"; }
hive sync "$@"
