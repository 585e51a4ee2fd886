#!/bin/sh
# Who offers a capability. Usage: session-find-help.sh <capability>
hive() { node "$(CDPATH='' cd -P -- "$(dirname -- "$0")" && pwd)/../dist/main.cjs" "$@"; }
hive find-help -- "$@"
