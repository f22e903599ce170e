#!/usr/bin/env bash
# Idle streams. Usage: idle.sh [STREAMS] [SECONDS] [--ws]
# The first run measures memory, on a new heap; the second measures CPU, with code that is compiled.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
streams="${1:-18500}" duration="${2:-30}"
start_server
idle() { load_server --clients "$streams" --stacks "${STACKS:-4}" --idle "$duration" "$@"; }
cold="$(idle "${@:3}")"
warm="$(idle "${@:3}")"
printf 'cold: streams=%s kb_per_stream=%s\n' "$(figure clients "$cold")" "$(figure kb_per_stream "$cold")"
printf 'warm: streams=%s idle_us_per_stream_s=%s\n' "$(figure clients "$warm")" "$(figure idle_us_per_stream_s "$warm")"
