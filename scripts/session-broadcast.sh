#!/bin/sh
# Sends a message to all sessions. Usage: session-broadcast.sh <text> [priority] [sender]
hive() { node "$(CDPATH='' cd -P -- "$(dirname -- "$0")" && pwd)/../dist/main.cjs" "$@"; }
[ $# -lt 3 ] || export HIVE_SESSION="$3"
hive broadcast --priority "${2:-normal}" -- "${1-}"
