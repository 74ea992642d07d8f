#!/usr/bin/env bash
# Everything that must hold, in one command. Ends with the first failing stage's code after all stages have run.
#   INCREMENTAL_SEQUENCES=10000 bash tests/run.sh   runs larger samples of the same tests
set -uo pipefail
cd "$(dirname "$0")/.."

failed=0
stage() {
  local name=$1 began=$SECONDS
  shift
  printf '\n== %s\n' "$name"
  if "$@"; then
    printf -- '-- %s: ok, %d s\n' "$name" $((SECONDS - began))
  else
    printf -- '-- %s: FAILED, %d s\n' "$name" $((SECONDS - began))
    failed=1
  fi
}

stage "install" bash tests/install.sh
stage "format" cargo fmt --check
stage "lints" cargo clippy --quiet --all-targets -- -D warnings
stage "documentation" env RUSTDOCFLAGS=-Dwarnings cargo doc --quiet --no-deps
stage "tests" cargo test --quiet
stage "release build" cargo build --release --quiet
stage "the site itself" cargo run --release --quiet -- build --base-url https://example.org/guides/ -o target/site
stage "check" cargo run --release --quiet -- check
stage "browser" npm --prefix tests/browser test --silent
stage "HTML" java -jar tests/browser/node_modules/vnu-jar/build/dist/vnu.jar --errors-only --skip-non-html target/site

if [ "$failed" = 0 ]; then echo; echo "all stages passed"; fi
exit $failed
