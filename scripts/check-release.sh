#!/usr/bin/env bash
#
# Tries what `./run.sh release` has made, as those do who get it:
#   bash scripts/check-release.sh FOLDER [PART...]
# The parts for linux-x64, all of these if none is given:
#   programs   the checker of the archive checks its programs, and all tests that start programs run with them
#   files      what the programs say where a library is missing
#   package    lintian checks the Debian package; it is installed and removed in a file system of its own. Needs root
# The parts for other machines, whose programs the checker of run.sh checks:
#   arm64      linux-arm64, in an emulator (in Debian: qemu-user and libc6-arm64-cross)
#   windows    win-x64, in Wine
# The tests must have been built (./run.sh build).

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

main() {
  local folder part
  folder=$(cd "${1:?usage: check-release.sh FOLDER [PART...]}" && pwd)
  shift
  [[ $# -gt 0 ]] || set -- programs files package
  SERVER_CHECKS=() CLIENT_CHECKS=()
  WORK=$(mktemp -d)
  trap 'rm -rf "$WORK"' EXIT
  (cd "$folder" && sha256sum --check --quiet SHA256SUMS)

  for part in "$@"; do
    case $part in
      programs) unpack "$folder" linux-x64 && check_programs ;;
      files) unpack "$folder" linux-x64 && say_what_lacks_sqlite ;;
      package) check_package "$folder"/threadedchat_*_amd64.deb ;;
      arm64) unpack "$folder" linux-arm64 && check_elsewhere '' qemu-aarch64 -L /usr/aarch64-linux-gnu ;;
      windows) unpack "$folder" win-x64 && check_in_wine ;;
      *)
        echo "there is no part '$part'" >&2
        return 2
        ;;
    esac
  done
}

# unpack FOLDER MACHINE: sets HERE.
unpack() {
  local archive
  archive=$(echo "$1"/threadedchat-*-"$2".*)
  HERE=$WORK/$(basename "${archive%.*}" .tar)
  [[ ! -e $HERE ]] || return 0
  case $archive in
    *.zip) (cd "$WORK" && unzip -q "$archive") ;;
    *) tar -x -z -C "$WORK" -f "$archive" ;;
  esac
}

# Puts the programs of the archive where run.sh looks for them. The grader, which no archive has, is that of run.sh.
check_programs() {
  local programs=$WORK/programs pair
  ./run.sh client --version >/dev/null # builds what run.sh starts, if that was not done
  cp -R ".build/programs/$(cat .build/current)" "$programs"
  for pair in server:ChatServer client:ChatClient check:ChatCheck; do
    rm -rf "${programs:?}/${pair#*:}"
    mkdir "$programs/${pair#*:}"
    cp "$HERE/threadedchat-${pair%%:*}" "$programs/${pair#*:}/${pair#*:}"
  done
  cp "$HERE/libe_sqlite3.so" "$programs/ChatServer/"
  bash scripts/check-native.sh --all "$programs"
}

# The server alone, without the file of SQLite beside it, says in a line what it lacks.
say_what_lacks_sqlite() {
  local said code=0
  mkdir "$WORK/alone"
  cp "$HERE/threadedchat-server" "$WORK/alone/"
  said=$("$WORK/alone/threadedchat-server" 0 --history "$WORK/alone/history.db" 2>&1) || code=$?
  [[ $code -eq 1 && $said == *libe_sqlite3.so* && $said != *$'\n'* ]] || {
    printf 'without libe_sqlite3.so the server should say so in one line, and exit with 1; it exited with %d: %s\n' "$code" "$said" >&2
    return 1
  }
}

# check_elsewhere SUFFIX WORD...: the words are what starts a program. SERVER_CHECKS and CLIENT_CHECKS choose checks.
check_elsewhere() {
  local suffix=$1 program
  shift
  for program in server client check; do
    "$@" "$HERE/threadedchat-$program$suffix" --version
  done
  ./run.sh check server --start-timeout 60 "${SERVER_CHECKS[@]}" -- "$@" "$HERE/threadedchat-server$suffix" '{port}'
  ./run.sh check client --start-timeout 60 "${CLIENT_CHECKS[@]}" -- "$@" "$HERE/threadedchat-client$suffix" '{name}' '{host}' '{port}'
}

# In a folder of its own for all that Wine keeps. The checks that need no terminal and no signal, which Wine has in a form of its own.
check_in_wine() {
  SERVER_CHECKS=(--only S-LIST S-JOIN S-LEFT S-FRAME) CLIENT_CHECKS=(--only C-SEND-01 C-SHOW-01 C-END-01)
  export WINEPREFIX=$WORK/wine WINEDEBUG=-all WINEDLLOVERRIDES='winemenubuilder.exe=d;mshtml=d'
  trap 'wineserver -k -w || true; rm -rf "$WORK"' EXIT
  wineboot -i
  check_elsewhere .exe wine
}

check_package() {
  local package=$1
  lintian --fail-on error,warning "$package"
  unshare --mount --pid --fork --kill-child bash scripts/install-package.sh "$package"
}

main "$@"
