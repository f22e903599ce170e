#!/usr/bin/env bash
# What a call to the upstream costs: many stacks with one client each, which do not change.
# Usage: polling.sh [STACKS] [SECONDS]. With OTHER_PID and OTHER_PORT another server on the same upstream, which polls
# its stacks every 2 s too, is measured before and after.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
stacks="${1:-2000}" duration="${2:-30}" admin_port="${ADMIN_PORT:-18099}"
start_server --poll-interval 2s --max-stacks 10000 --heartbeat-interval 5m --retain 1s
polled=(--clients "$stacks" --stacks "$stacks" --settle "${SETTLE:-5}")
other() {
  [ -n "${OTHER_PID:-}" ] || return 0
  printf 'other   %s\n' "$("$here/target/load" --port "$OTHER_PORT" --upstream "$upstream_port" --pid "$OTHER_PID" \
    "${polled[@]}" --idle "$duration")"
}
# live_bytes: what is left in the heap after a collection.
live_bytes() { jcmd "$server" GC.class_histogram | awk '/^Total/ { print $3 }'; }
# lag LE: polls so far that began at most LE seconds late; +Inf for all.
lag() {
  curl -fsS "http://127.0.0.1:$admin_port/metrics" | awk -v le="le=\"$1\"" '/^runtime_poll_lag_seconds_bucket/ && index($1, le) { print $2 }'
}

load_server "${polled[@]}" --idle "${WARM_SECONDS:-60}" >/dev/null
sleep 3
empty="$(live_bytes)"
other
in_time="$(lag 0.05)" all="$(lag +Inf)"
printf 'server  %s\n' "$(load_server "${polled[@]}" --idle "$duration")"
awk -v a="$in_time" -v b="$(lag 0.05)" -v c="$all" -v d="$(lag +Inf)" \
  'BEGIN { printf "polls   %d, of which %.2f %% began at most 50 ms late\n", d - c, 100 * (b - a) / (d - c) }'
other
load_server "${polled[@]}" --idle 15 >/dev/null &
sleep 12
awk -v a="$empty" -v b="$(live_bytes)" -v n="$stacks" 'BEGIN { printf "heap    %.1f KB per stack\n", (b - a) / 1024 / n }'
wait $!
