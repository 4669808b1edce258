#!/usr/bin/env bash
#
# Tries what `./run.sh release linux-x64` has made, as those do who get it:
#   bash scripts/check-release.sh FOLDER [PART...]
# The parts, all of them if none is given:
#   programs   the checker of the archive checks its programs, and all tests that start programs run with them
#   files      what the programs say where a library is missing
#   package    lintian checks the Debian package; it is installed and removed in a file system of its own. Needs root
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
  tar -x -z -C "$WORK" -f "$folder"/threadedchat-*-linux-x64.tar.gz
  HERE=$(echo "$WORK"/threadedchat-*)

  for part in "$@"; do
    case $part in
      programs) check_programs ;;
      files) say_what_lacks_sqlite ;;
      package) check_package "$folder"/threadedchat_*_amd64.deb ;;
      *)
        echo "there is no part '$part'" >&2
        return 2
        ;;
    esac
  done
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

check_package() {
  local package=$1
  lintian --fail-on error,warning "$package"
  unshare --mount --pid --fork --kill-child bash scripts/install-package.sh "$package"
}

main "$@"
