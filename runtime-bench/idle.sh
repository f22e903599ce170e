#!/usr/bin/env bash
# Idle streams. Usage: idle.sh [STREAMS] [SECONDS] [--ws]
# Many stacks are polled first to warm up the JVM: with a few idle stacks that would take hours. Then the streams are
# opened twice: once to measure memory, and once, after a pause in which the compiler finishes, to measure CPU time.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
streams="${1:-18500}" duration="${2:-60}"
start_server
idle() { load_server --clients "$streams" --stacks "${STACKS:-4}" "$@"; }
warm="${WARM_STACKS:-400}"
load_server --clients "$warm" --stacks "$warm" --idle "${WARM_SECONDS:-60}" "${@:3}" >/dev/null
memory="$(idle --idle 1 "${@:3}")"
cpu="$(idle --settle "${IDLE_SETTLE:-60}" --idle "$duration" "${@:3}")"
printf 'streams=%s kb_per_stream=%s idle_us_per_stream_s=%s\n' "$(figure clients "$cpu")" \
  "$(figure kb_per_stream "$memory")" "$(figure idle_us_per_stream_s "$cpu")"
