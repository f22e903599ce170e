#!/usr/bin/env bash
# Fan-out beside the floor. Usage: fan-out.sh CLIENTS [CHANGES_PER_POLL...], such as: fan-out.sh 8000 1 2 4 8
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
clients="${1:-8000}"
[ $# -gt 1 ] && shift && per_poll=("$@") || per_poll=(1 2 4 8)
# Without heartbeats, which the floor does not have.
start_server --poll-interval 200ms --heartbeat-interval 5m
start_floor
# Warms up the code that the runs below measure.
load_server --clients "$clients" --stages 1 --changes "${COMPILE_CHANGES:-40}" --warmup 0 >/dev/null
table=() incomplete=0
for k in "${per_poll[@]}"; do
  floor_line="$(load_floor --clients "$clients" --stages "$k")" || incomplete=1
  sse_line="$(load_server --clients "$clients" --stages "$k")" || incomplete=1
  ws_line="$(load_server --clients "$clients" --stages "$k" --ws)" || incomplete=1
  printf 'floor     %s\nsse       %s\nwebsocket %s\n' "$floor_line" "$sse_line" "$ws_line"
  floor_cpu="$(figure us_per_change_client "$floor_line")" floor_last="$(figure last_ms "$floor_line")"
  for kind in floor sse ws; do
    line="${kind}_line"
    cpu="$(figure us_per_change_client "${!line}")" last="$(figure last_ms "${!line}")"
    table+=("$(printf '%-6s %3s %9s %11s %10s %11s %10s %9s' "$kind" "$k" "$(figure complete "${!line}")/$changes" "$cpu" \
      "$(ratio "$cpu" "$floor_cpu")" "$last" "$(ratio "$last" "$floor_last")" \
      "$(figure writes_per_change_client "${!line}")")")
  done
done
echo
printf '%-6s %3s %9s %11s %10s %11s %10s %9s\n' of K complete us/client to_floor last_ms to_floor writes
printf '%s\n' "${table[@]}"
exit "$incomplete"
