#!/usr/bin/env bash
# Measures the time from exec until the server prints "Listening", and prints all times and their median in milliseconds.
#
#   packaging/start-time.sh [JVM_FLAGS…] -jar runtime-app/target/runtime-app.jar --demo --port 0 --admin-port off
#
# RUNS is the number of starts (11), JAVA the command (java). The first start is not counted.
set -euo pipefail

java=${JAVA:-java}
runs=${RUNS:-11}

millis_of_one_start() {
  local begin=${EPOCHREALTIME/./} line server
  exec 3< <(exec "$java" "$@" 2>/dev/null)
  server=$!
  if ! read -r -t 60 line <&3 || [[ $line != Listening* ]]; then
    echo "The server did not start." >&2
    exit 1
  fi
  echo $(((${EPOCHREALTIME/./} - begin) / 1000))
  exec 3<&-
  kill "$server"
  tail --pid="$server" -f /dev/null
}

millis_of_one_start "$@" >/dev/null
mapfile -t times < <(for ((run = 0; run < runs; run++)); do millis_of_one_start "$@"; done | sort -n)
echo "${times[*]}"
echo "median ${times[$((${#times[@]} / 2))]} ms of ${#times[@]}; load average $(cut -d' ' -f1 /proc/loadavg)"
