#!/usr/bin/env bash
# Everything that must hold, in one command. All stages run; it ends with 1 when any of them failed.
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

# The browser suite, on the small site in tests/browser/site and on the real one; what it says in full is in target/browser.log.
# STAGES=all bash tests/run.sh   runs every test on both, not only those for which each has something that the other lacks.
# AXE=all bash tests/run.sh      asks axe about every page of the real site, not only about each kind of page.
browser() {
  local code=0
  (cd tests/browser && SITE=$OLDPWD/target/site PORTABLE=$OLDPWD/target/portable npm test --silent) >target/browser.log 2>&1 || code=$?
  grep -E '^ *SKIPPED ' target/browser.log
  grep -E '^ℹ (tests|pass|fail)' target/browser.log
  [ "$code" = 0 ] || sed -n '/failing tests:/,$p' target/browser.log
  return "$code"
}

# The heavy parts of the program, the site as nginx and Caddy send it, and what it writes for other programs as their validators see it.
features() {
  cargo clippy --quiet --features full --lib --bins -- -D warnings \
    && cargo test --quiet --features full --test features --test external \
    && cargo test --quiet --features full --lib -- cards compress highlight images visit \
    && node --test --test-reporter=spec tests/publish/
}

stage "install" bash tests/install.sh
stage "format" cargo fmt --check
stage "lints" cargo clippy --quiet --all-targets -- -D warnings
stage "documentation" env RUSTDOCFLAGS=-Dwarnings cargo doc --quiet --no-deps
stage "tests" cargo test --quiet
stage "benchmark tools" cargo check --quiet --manifest-path benches/tools/Cargo.toml --all-targets
stage "release build" cargo build --release --quiet
stage "the site itself" cargo run --release --quiet -- build --base-url https://example.org/guides/ -o target/site
stage "the site from disk" cargo run --release --quiet -- build --portable -o target/portable
stage "check" cargo run --release --quiet -- check
stage "browser" browser
stage "features and servers" features
stage "HTML" java -jar tests/browser/node_modules/vnu-jar/build/dist/vnu.jar --errors-only --skip-non-html target/site

if [ "$failed" = 0 ]; then echo; echo "all stages passed"; fi
exit $failed
