#!/bin/sh
# Installs what the tests need besides Python packages, as root; otherwise names the one command to type.
set -eu

packages="chromium-headless-shell poppler-utils postgresql zbar-tools gnupg"

missing=
command -v chromium-headless-shell >/dev/null 2>&1 || command -v chromium >/dev/null 2>&1 || missing=1
command -v pdftoppm >/dev/null 2>&1 || missing=1
command -v gpg >/dev/null 2>&1 || missing=1
command -v zbarimg >/dev/null 2>&1 || missing=1
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing=1
[ -z "$missing" ] && exit 0

if [ "$(id -u)" -ne 0 ]; then
    echo "The tests need programs that are not installed. Type this, then again make test:" >&2
    echo "    sudo apt-get install --yes $packages" >&2
    exit 2
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086 -- a list of packages
apt-get install -qq --yes --no-install-recommends $packages >/dev/null
