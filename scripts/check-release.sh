#!/usr/bin/env bash
#
# Tries what `./run.sh release linux-x64` has made, as those do who get it:
#   bash scripts/check-release.sh FOLDER
# The programs of the archive answer the checker and run the tests that start programs; the Debian package is checked by lintian,
# and is installed and removed in a file system of its own. Needs root for the latter.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The tests that start server and client with all kinds of input, at a terminal too; not those that need a .NET to crash.
TESTS='ClassName~FramingTests|ClassName~StopTests|ClassName~TraceTests|ClassName~DecodeTests|ClassName~ArgumentTests|ClassName~ExtendedTests|ClassName~StoredHistoryTests|ClassName~TerminalEditingTests'

main() {
  local folder
  folder=$(cd "${1:?usage: check-release.sh FOLDER}" && pwd)
  WORK=$(mktemp -d)
  trap 'rm -rf "$WORK"' EXIT
  (cd "$folder" && sha256sum --check --quiet SHA256SUMS)
  tar -x -z -C "$WORK" -f "$folder"/threadedchat-*-linux-x64.tar.gz
  HERE=$(echo "$WORK"/threadedchat-*)

  run_checks
  say_what_lacks_sqlite
  run_tests
  check_package "$folder"/threadedchat_*_amd64.deb
}

# The checker of the archive on the server, the client and part 0 of the archive.
run_checks() {
  local server=$HERE/threadedchat-server client=$HERE/threadedchat-client check=$HERE/threadedchat-check
  "$check" server -- "$server" '{port}'
  "$check" client -- "$client" '{name}' '{host}' '{port}'
  "$check" basic-server -- "$server" --basic '{port}'
  "$check" basic-client -- "$client" --basic '{host}' '{port}'
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

# The programs where run.sh looks for them.
run_tests() {
  local programs=$WORK/programs pair
  for pair in server:ChatServer client:ChatClient check:ChatCheck; do
    mkdir -p "$programs/${pair#*:}"
    cp "$HERE/threadedchat-${pair%%:*}" "$programs/${pair#*:}/${pair#*:}"
  done
  cp "$HERE/libe_sqlite3.so" "$programs/ChatServer/"
  THREADEDCHAT_PROGRAMS=$programs ./run.sh test --no-build --filter "$TESTS"
}

check_package() {
  local package=$1
  lintian --fail-on error,warning "$package"
  unshare --mount --pid --fork --kill-child bash scripts/install-package.sh "$package"
}

main "$@"
