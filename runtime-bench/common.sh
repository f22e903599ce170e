# Sourced by the scripts: starts the programs under test, and stops them at the end.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
jar="${SERVER_JAR:-$here/../runtime-app/target/runtime-app.jar}"
# The collector settings of the systemd unit and the image.
jvm="${JVM_OPTIONS:--XX:+UseSerialGC -Xms32m -XX:MaxNewSize=16m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20}"
server_port="${SERVER_PORT:-18084}" floor_port="${FLOOR_PORT:-18085}" upstream_port="${UPSTREAM_PORT:-19000}"
rate_ms="${RATE_MS:-400}" changes="${CHANGES:-100}" warmup="${WARMUP:-60}" settle="${SETTLE:-4}"
started=()

# Waits for the processes to end, so that the next script does not find a server that is still draining on its port.
cleanup() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${started[@]}"; do wait "$pid" 2>/dev/null || true; done
}
trap cleanup EXIT
trap 'exit 130' INT TERM

[ -f "$jar" ] || { echo "No $jar; build it first: ./mvnw -q -DskipTests package" >&2; exit 2; }
ulimit -n "$(ulimit -Hn)"
"$here/build.sh"

# await_port PORT: waits at most 30 s until a process listens on this port of loopback.
await_port() {
  for _ in $(seq 150); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then return 0; fi
    sleep 0.2
  done
  echo "Nothing listens on port $1 after 30 s" >&2
  return 1
}

# start_server [OPTION...]: sets $server to its process id.
start_server() {
  # shellcheck disable=SC2086 # several options in one variable
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" $jvm -jar "$jar" --upstream "http://127.0.0.1:$upstream_port" \
    --port "$server_port" --admin-port "${admin_port:-off}" --log-level error --max-connections 100000 \
    --max-connections-per-stack 100000 "$@" >"$here/target/server.log" 2>&1 &
  server=$!
  started+=("$server")
  await_port "$server_port"
}

# start_floor: sets $floor to its process id.
start_floor() {
  "$here/target/floor" "$floor_port" 3600 >"$here/target/floor.log" 2>&1 &
  floor=$!
  started+=("$floor")
  await_port "$floor_port"
}

# load_server OPTION...: one run against the server; prints one line of figures. Fails if a change missed a client.
load_server() {
  "$here/target/load" --port "$server_port" --upstream "$upstream_port" --pid "$server" \
    --rate-ms "$rate_ms" --changes "$changes" --warmup "$warmup" --settle "$settle" "$@"
}

# load_floor OPTION...: the same against the floor.
load_floor() {
  "$here/target/load" --port "$floor_port" --pid "$floor" \
    --rate-ms "$rate_ms" --changes "$changes" --warmup "$warmup" --settle "$settle" "$@"
}

# figure NAME LINE: the value of NAME in a line of figures, or "nan".
figure() { sed -n "s/.*\b$1=\([^ ]*\).*/\1/p" <<<"$2" | grep . || echo nan; }

# ratio A B
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b > 0) printf "%.2f", a / b; else printf "nan" }'; }
