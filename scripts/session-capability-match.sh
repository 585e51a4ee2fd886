#!/bin/sh
# Which session fits a task best. Usage: session-capability-match.sh <task>
hive() { node "$(CDPATH='' cd -P -- "$(dirname -- "$0")" && pwd)/../dist/main.cjs" "$@"; }
hive match -- "$@"
