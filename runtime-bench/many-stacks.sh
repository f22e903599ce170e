#!/usr/bin/env bash
# Many stacks with one client each. Usage: many-stacks.sh [STACKS] [CHANGES_PER_POLL]
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
start_server --poll-interval 1s --max-stacks 10000
rate_ms="${RATE_MS:-2000}" warmup="${WARMUP:-5}" changes="${CHANGES:-20}"
load_server --clients "${1:-200}" --stacks "${1:-200}" --stages "${2:-1}"
