#!/bin/sh
# Asks a session for help. Usage: session-request-collaboration.sh <session> <text> [urgency] [sender]
hive() { node "$(CDPATH='' cd -P -- "$(dirname -- "$0")" && pwd)/../dist/main.cjs" "$@"; }
[ $# -lt 4 ] || export HIVE_SESSION="$4"
hive request --priority "${3:-normal}" -- "${1-}" "${2-}"
