#!/usr/bin/env bash
# Idle streams. Usage: idle.sh [STREAMS] [SECONDS] [--ws]
# The first run measures memory, on a new heap; the second measures CPU, with code that is compiled.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
streams="${1:-18500}" duration="${2:-30}"
start_server
cold="$(load_server --clients "$streams" --stacks "${STACKS:-4}" --idle "$duration" "${@:3}")"
warm="$(load_server --clients "$streams" --stacks "${STACKS:-4}" --idle "$duration" "${@:3}")"
printf 'cold %s\nwarm %s\n' "$cold" "$warm"
