#!/usr/bin/env bash
# What a call to the upstream costs: many stacks with one client each, which do not change.
# Usage: polling.sh [STACKS] [SECONDS]. With OTHER_PID and OTHER_PORT another server on the same upstream, which polls the
# same stacks, is measured before and after: its calls cost the same number of requests.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
stacks="${1:-2000}" duration="${2:-30}"
start_server --poll-interval 2s --max-stacks 10000 --heartbeat-interval 5m
mine() { load_server --clients "$stacks" --stacks "$stacks" --settle "${SETTLE:-5}" "$@"; }
other() {
  "$here/target/load" --port "$OTHER_PORT" --upstream "$upstream_port" --pid "$OTHER_PID" --clients "$stacks" \
    --stacks "$stacks" --settle "${SETTLE:-5}" --idle "$duration"
}
mine --idle "${WARM_SECONDS:-60}" >/dev/null
[ -z "${OTHER_PID:-}" ] || printf 'other  %s\n' "$(other)"
printf 'server %s\n' "$(mine --idle "$duration")"
[ -z "${OTHER_PID:-}" ] || printf 'other  %s\n' "$(other)"
