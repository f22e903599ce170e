#!/usr/bin/env bash
# A stack with one client beside a stack with many. Usage: small-beside-large.sh [CLIENTS] [CHANGES_PER_POLL]
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
start_server --poll-interval 200ms
load_server --clients "$((${1:-8000} + 1))" --stages "${2:-1}" --small
