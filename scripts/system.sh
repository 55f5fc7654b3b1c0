#!/bin/sh
# What the tests need beside Python's packages: a browser, a rule-based translator, a library that vLLM needs,
# npm to fetch two packages, and French texts by people (dasher-data, php-faker, debian-handbook).
# As root on Debian or Ubuntu what is missing is installed; elsewhere this says what it is.
set -eu

missing() {
    command -v chromium >/dev/null || echo chromium fonts-dejavu-core
    command -v apertium >/dev/null || echo apertium apertium-eng-spa apertium-fr-es apertium-fra-cat apertium-eng-cat
    ldconfig -p 2>/dev/null | grep -q libnuma.so.1 || echo libnuma1
    command -v npm >/dev/null || echo npm
    [ -f /usr/share/dasher/training_french_FR.txt ] || echo dasher-data
    [ -d /usr/share/php/Faker ] || echo php-faker
    [ -d /usr/share/doc/debian-handbook/html/fr-FR ] || echo debian-handbook
}

packages=$(missing)
[ -z "$packages" ] && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086
    apt-get install -y -qq --no-install-recommends $packages
else
    echo "The tests need:" $packages "(on Debian or Ubuntu: sudo apt-get install" $packages")" >&2
    exit 1
fi
