#!/bin/sh
# The programs that the tests drive: a browser, a rule-based translator, and a library that vLLM needs.
# As root on Debian or Ubuntu they are installed; elsewhere this says what is missing.
set -eu
packages="chromium fonts-dejavu-core apertium apertium-eng-spa apertium-fr-es apertium-fra-cat apertium-eng-cat libnuma1"

missing() {
    command -v chromium >/dev/null || echo chromium
    command -v apertium >/dev/null || echo apertium
    ldconfig -p 2>/dev/null | grep -q libnuma.so.1 || echo libnuma1
}

[ -z "$(missing)" ] && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086
    apt-get install -y -qq --no-install-recommends $packages
else
    echo "The tests need $(missing | tr '\n' ' '). On Debian or Ubuntu: sudo apt-get install $packages" >&2
    exit 1
fi
