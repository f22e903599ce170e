#!/usr/bin/env bash
# Idle streams. Usage: idle.sh [STREAMS] [SECONDS] [--ws]
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
streams="${1:-18500}" duration="${2:-30}"
start_server
load_server --clients "$streams" --stacks "${STACKS:-4}" --idle "$duration" "${@:3}"
