#!/usr/bin/env bash
# Builds the load generator and the floor into target/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
mkdir -p target
cd src/main/c
cc -std=gnu11 -O2 -Wall -Wextra -Werror -pthread -o ../../../target/load load.c upstream.c clients.c -lm
cc -std=gnu11 -O2 -Wall -Wextra -Werror -o ../../../target/floor floor.c
