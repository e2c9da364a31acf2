#!/usr/bin/env bash
# Prints the path of a proxy, nginx or caddy: the installed one, else Debian's. Debian's is only unpacked, because an
# installed one would be started as a service. Use: scripts/setup-proxy.sh nginx
. "$(dirname "$0")/environment.sh"

PATH=$PATH:/usr/sbin
unpacked=$PWD/target/proxies/$1
find_unpacked() { find "$unpacked" -path "*bin/$1" -type f 2>/dev/null | grep .; }

if command -v "$1"; then exit; fi
if ! find_unpacked "$1" >/dev/null; then
  command -v apt-get >/dev/null || fail "$1 is missing and only apt-get is known here: install it yourself, then run this again"
  say "unpacking Debian's $1"
  rm -rf "$unpacked"
  mkdir -p "$unpacked"
  # The package lists may be outdated; root can update them.
  (cd "$unpacked" && { apt-get download -qq "$1" || { apt-get update -qq && apt-get download -qq "$1"; }; } >/dev/null 2>&1) ||
    fail "apt-get could not download $1: install it yourself, then run this again"
  dpkg-deb -x "$unpacked/$1"_*.deb "$unpacked"
fi
found=$(find_unpacked "$1") || fail "Debian's package $1 holds no program of that name: install $1 yourself, then run this again"
ldd "$found" 2>/dev/null | grep -q 'not found' && fail "$1 lacks libraries that this machine does not have: install it yourself, then run this again"
echo "$found"
