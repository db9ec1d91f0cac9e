#!/usr/bin/env bash
# scripts/gpu-check/run.sh [options]: builds and tests on a machine that has a GPU, a Python with torch, CMake and a C++
# compiler, but neither Node nor npm nor a network. The options are those of check.mjs, beside this file.
set -euo pipefail
cd "$(dirname "$0")/../.."
tools=build/gpu-check/tools.tar.xz
stamp=node_modules/.gpu-check
node=node

# A node_modules without the stamp is a developer's own, and used as it is.
if [[ -e $tools && (! -e node_modules || -e $stamp) ]]; then
  sum=$(cksum <"$tools")
  if [[ $(cat "$stamp" 2>/dev/null) != "$sum" ]]; then
    rm -rf node_modules lib
    # Python is there in any case; xz need not be.
    "${PYTHON:-python3}" -c 'import sys, tarfile; tarfile.open(sys.argv[1]).extractall()' "$tools"
    echo "$sum" >"$stamp"
  fi
  node=build/gpu-check/node
elif [[ ! -e node_modules ]]; then
  echo "Neither $tools (node scripts/gpu-check/pack.mjs writes it, where npm is) nor node_modules is here." >&2
  exit 2
fi
exec "$node" scripts/gpu-check/check.mjs --python "${PYTHON:-python3}" "$@"
