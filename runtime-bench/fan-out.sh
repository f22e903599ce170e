#!/usr/bin/env bash
# Fan-out beside the floor. Usage: fan-out.sh CLIENTS [CHANGES_PER_POLL...], such as: fan-out.sh 8000 1 2 4 8
# The speed of a machine drifts within minutes. Each run of the server is therefore compared with the mean of the floor
# before and after it, and the table has the median of ROUNDS such comparisons.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
clients="${1:-8000}" rounds="${ROUNDS:-3}"
[ $# -gt 1 ] && shift && per_poll=("$@") || per_poll=(1 2 4 8)
kinds=(sse ws)
# Without heartbeats, which the floor does not have.
start_server --poll-interval 200ms --heartbeat-interval 5m
start_floor
# Warms up the code that the runs below measure.
load_server --clients "$clients" --stages 1 --changes "${COMPILE_CHANGES:-120}" --warmup 0 >/dev/null
incomplete=0

# measure KIND OPTION...: one run; its figures are in $line.
measure() {
  case "$1" in
    floor) line="$(load_floor "${@:2}")" || incomplete=1 ;;
    sse) line="$(load_server "${@:2}")" || incomplete=1 ;;
    ws) line="$(load_server "${@:2}" --ws)" || incomplete=1 ;;
  esac
  printf '%-6s %s\n' "$1" "$line"
  received[$1]=$((${received[$1]:-0} + $(figure complete "$line")))
  made[$1]=$((${made[$1]:-0} + changes))
}

# median VALUE...
median() { printf '%s\n' "$@" | sort -g | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

# column KIND FIGURE: this figure of all rounds of the present number of changes per poll.
column() { printf '%s' "${figures[$1.$2]:-}"; }

declare -A figures received made
table=()
for k in "${per_poll[@]}"; do
  figures=() received=() made=()
  options=(--clients "$clients" --stages "$k")
  measure floor "${options[@]}"
  for _ in $(seq "$rounds"); do
    for kind in "${kinds[@]}"; do
      before="$line"
      measure "$kind" "${options[@]}"
      server_line="$line"
      measure floor "${options[@]}"
      for name in us_per_change_client last_ms; do
        value="$(figure $name "$server_line")"
        least="$(awk -v a="$(figure $name "$before")" -v b="$(figure $name "$line")" 'BEGIN { print (a + b) / 2 }')"
        figures[$kind.$name]+=" $value" figures[floor.$name]+=" $least"
        figures[$kind.ratio_$name]+=" $(ratio "$value" "$least")"
      done
      figures[$kind.writes]+=" $(figure writes_per_change_client "$server_line")"
    done
  done
  # shellcheck disable=SC2046 # a column is several words
  for kind in floor "${kinds[@]}"; do
    row=("$kind" "$k" "${received[$kind]}/${made[$kind]}")
    for name in us_per_change_client ratio_us_per_change_client last_ms ratio_last_ms writes; do
      values="$(column "$kind" "$name")"
      row+=("$([ -n "$values" ] && median $values || echo 1.00)")
    done
    table+=("$(printf '%-6s %3s %9s %11s %10s %11s %10s %9s   %s' "${row[@]}" "$(column "$kind" ratio_us_per_change_client)")")
  done
done
echo
printf '%-6s %3s %9s %11s %10s %11s %10s %9s   %s\n' of K complete us/client to_floor last_ms to_floor writes 'CPU to floor in each round'
printf '%s\n' "${table[@]}"
exit "$incomplete"
