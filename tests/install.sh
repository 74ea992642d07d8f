#!/usr/bin/env bash
# Installs what the tests need where it is missing: Chromium, Firefox ESR, a Java runtime for the HTML checker, nginx, Caddy, fonts,
# Node packages.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=()
need() { command -v "$1" >/dev/null 2>&1 || packages+=("$2"); }
need chromium chromium
need firefox-esr firefox-esr
need java default-jre-headless
need node nodejs
need npm npm
need strace strace
need nginx nginx
need caddy caddy
need vim vim
need flock util-linux
need ip iproute2
need perl perl-base
[ -d /usr/share/fonts/truetype/dejavu ] || packages+=(fonts-dejavu-core)

if [ ${#packages[@]} -gt 0 ]; then
  if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    # The servers are for the tests, not for this machine: none is started.
    if [ ! -e /usr/sbin/policy-rc.d ]; then
      trap 'rm -f /usr/sbin/policy-rc.d' EXIT
      printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
  else
    echo "please install: ${packages[*]}" >&2
  fi
fi
# No package's own scripts run: esbuild and the checker's jar work as they are.
if ! cmp -s tests/browser/package-lock.json tests/browser/node_modules/.installed; then
  (cd tests/browser && npm ci --silent --ignore-scripts --no-audit --no-fund && cp package-lock.json node_modules/.installed)
fi
