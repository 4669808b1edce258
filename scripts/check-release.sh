#!/usr/bin/env bash
#
# Tries what `./run.sh release` has made, as those do who get it:
#   bash scripts/check-release.sh FOLDER [PART...]
# The parts for linux-x64, all of these if none is given:
#   programs   the checker of the archive checks its programs, and all tests that start programs run with them
#   native     the same with the tests of the category Native only. Not run if no part is given: programs has these tests too
#   files      what the programs say where a library is missing
#   package    lintian checks the Debian package; it is installed and removed in a file system of its own. Needs root
# The parts for other machines:
#   arm64      the checker of run.sh checks the programs for linux-arm64, in an emulator (in Debian: qemu-user and libc6-arm64-cross);
#              lintian checks the Debian package
#   windows    the checker of run.sh checks the programs for Windows, in Wine, and the checker for Windows checks the server (in Debian:
#              wine, wine64 and unzip)
# The tests must have been built (./run.sh build).

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

main() {
  local folder part
  folder=$(cd "${1:?usage: check-release.sh FOLDER [PART...]}" && pwd)
  shift
  [[ $# -gt 0 ]] || set -- programs files package
  WORK=$(mktemp -d)
  trap 'rm -rf "$WORK"' EXIT
  (cd "$folder" && sha256sum --check --quiet SHA256SUMS)

  for part in "$@"; do
    case $part in
      # One command a line: within a list of && a failure inside a function does not end the script.
      programs)
        unpack "$folder" linux-x64
        check_programs --all
        ;;
      native)
        unpack "$folder" linux-x64
        check_programs
        ;;
      files)
        unpack "$folder" linux-x64
        say_what_lacks_sqlite
        ;;
      package) check_package "$folder"/threadedchat_*_amd64.deb ;;
      arm64)
        unpack "$folder" linux-arm64
        check_arm64
        lintian --fail-on error,warning "$folder"/threadedchat_*_arm64.deb
        ;;
      windows)
        unpack_windows "$folder"
        check_windows
        ;;
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
  archive=$(echo "$1"/threadedchat-*-"$2".tar.gz)
  HERE=$WORK/$(basename "$archive" .tar.gz)
  [[ -e $HERE ]] || tar -x -z -C "$WORK" -f "$archive"
}

# check_programs [--all]: puts the programs of the archive where run.sh looks for them. The grader, which no archive has, is that of run.sh.
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
  bash scripts/check-native.sh "$@" "$programs"
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

check_arm64() {
  local program start=(qemu-aarch64 -L /usr/aarch64-linux-gnu)
  for program in server client check; do
    "${start[@]}" "$HERE/threadedchat-$program" --version
  done
  ./run.sh check server --start-timeout 60 -- "${start[@]}" "$HERE/threadedchat-server" '{port}'
  ./run.sh check client --start-timeout 60 -- "${start[@]}" "$HERE/threadedchat-client" '{name}' '{host}' '{port}'
}

# Wine keeps its registry and its drives in a folder of their own, which ends with this script.
unpack_windows() {
  unzip -q "$1"/threadedchat-*-win-x64.zip -d "$WORK"
  HERE=$(echo "$WORK"/threadedchat-*-win-x64)
  # .NET maps the assemblies in a single file with placeholders of memory (Windows 10 has them since 1803, Wine since 8.11). With this
  # variable it copies them. Wine and what it runs in need nothing else of this kind.
  export DOTNET_PELoader_DisableMapping=1
  export WINEPREFIX=$WORK/wine WINEDEBUG=-all WINEDLLOVERRIDES='winemenubuilder.exe=d;mshtml=d'
  trap 'wineserver -k || true; wineserver -w || true; rm -rf "$WORK"' EXIT
  wineboot -i
}

check_windows() {
  local program said
  for program in server client check; do
    wine "$HERE/threadedchat-$program.exe" --version
  done
  ./run.sh check server --start-timeout 120 -- wine "$HERE/threadedchat-server.exe" '{port}'
  # The console of Wine 8 does not take all escape sequences, so what the terminal shows is checked in part.
  ./run.sh check client --start-timeout 120 --only C-SEND C-END C-SHOW-01 C-SHOW-02 C-SHOW-03 -- \
    wine "$HERE/threadedchat-client.exe" '{name}' '{host}' '{port}'
  (cd "$HERE" && wine threadedchat-check.exe server --start-timeout 120 --only S-NAME S-JOIN -- threadedchat-server.exe '{port}')
  # The server loads SQLite, which is beside it: it looks for the file.
  said=$(cd "$HERE" && wine threadedchat-server.exe --print-history none.db 2>&1) || true
  [[ $said == *"'none.db': there is no such file"* ]] || {
    echo "the server for Windows should have looked for a history: $said" >&2
    return 1
  }
}

check_package() {
  local package=$1
  lintian --fail-on error,warning "$package"
  unshare --mount --pid --fork --kill-child bash scripts/install-package.sh "$package"
}

main "$@"
