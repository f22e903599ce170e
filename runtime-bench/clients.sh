#!/usr/bin/env bash
# The cost of a call by HTTP client. Usage: clients.sh CLASSPATH [CLIENTS]; ./mvnw -Pclients runs it with the class path.
# Serves an upstream on loopback, and calls it 2,000 times per second from two event loops.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
classpath="$1"
read -ra clients <<<"${2:-none jdk apache jetty undertow vertx vertx-shared reactor reactor-shared netty netty-shared reconciler}"
port="${UPSTREAM_PORT:-19000}" stacks="${STACKS:-2000}" warmup="${WARMUP:-40}" duration="${SECONDS_MEASURED:-30}"
jvm="${JVM_OPTIONS:--XX:+UseSerialGC -Xms32m -XX:MaxNewSize=16m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20}"
"$here/build.sh"
"$here/target/load" --serve $(((warmup + duration + 10) * ${#clients[@]})) --upstream "$port" --stacks 1000 --stages 5 &
upstream=$!
trap 'kill "$upstream" 2>/dev/null || true' EXIT
for client in "${clients[@]}"; do
  # shellcheck disable=SC2086 # several options in one variable
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" $jvm -cp "$classpath" dev.stacked.runtime.bench.clients.ClientBench \
    "$client" "http://127.0.0.1:$port" "$stacks" "$warmup" "$duration" 2>/dev/null
done
