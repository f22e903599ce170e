#!/usr/bin/env bash
# Measures the time from exec until the server prints "Listening", and the CPU time that it has used by then. Prints the
# median of each, in milliseconds. The first start is not counted.
#
#   packaging/start-time.sh [JVM_FLAGS…] -jar runtime-app/target/runtime-app.jar --demo --port 0 --admin-port off
#
# RUNS is the number of starts (11), JAVA the command (java).
set -euo pipefail

java=${JAVA:-java}
runs=${RUNS:-11}
tick_millis=$((1000 / $(getconf CLK_TCK)))

# Prints elapsed time and CPU time of one start.
start() {
  local begin=${EPOCHREALTIME/./} end line server stat
  exec 3< <(exec "$java" "$@" 2>/dev/null)
  server=$!
  if ! read -r -t 60 line <&3 || [[ $line != Listening* ]]; then
    echo "The server did not start." >&2
    exit 1
  fi
  end=${EPOCHREALTIME/./}
  read -r -a stat <"/proc/$server/stat"
  echo $(((end - begin) / 1000)) $(((stat[13] + stat[14]) * tick_millis))
  exec 3<&-
  kill "$server"
  tail --pid="$server" -f /dev/null
}

median() {
  sort -n | sed -n "$((runs / 2 + 1))p"
}

start "$@" >/dev/null
times=$(for ((run = 0; run < runs; run++)); do start "$@"; done)
echo "elapsed $(cut -d' ' -f1 <<<"$times" | median) ms, CPU $(cut -d' ' -f2 <<<"$times" | median) ms" \
  "(medians of $runs starts, load average $(cut -d' ' -f1 /proc/loadavg))"
