#!/usr/bin/env bash
#
# Tries programs that are compiled ahead of time: bash scripts/check-native.sh [--all] FOLDER
# FOLDER has them where run.sh looks for them: FOLDER/ChatServer/ChatServer, FOLDER/ChatClient/ChatClient. The checker checks server,
# client and part 0, and tests that start programs run with them: those of the category Native, with --all those of Programs.
# The tests must have been built.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

main() {
  local category=Native program
  if [[ ${1-} == --all ]]; then
    category=Programs
    shift
  fi
  THREADEDCHAT_PROGRAMS=$(cd "${1:?usage: check-native.sh [--all] FOLDER}" && pwd)
  export THREADEDCHAT_PROGRAMS
  for program in ChatServer ChatClient; do
    [[ -x $THREADEDCHAT_PROGRAMS/$program/$program ]] || {
      echo "there is no native $program in $THREADEDCHAT_PROGRAMS" >&2
      return 1
    }
  done

  ./run.sh check server -- ./run.sh server '{port}'
  ./run.sh check client -- ./run.sh client '{name}' '{host}' '{port}'
  ./run.sh check basic-server -- ./run.sh basic-server '{port}'
  ./run.sh check basic-client -- ./run.sh basic-client '{host}' '{port}'
  ./run.sh test --no-build --filter "TestCategory=$category"
}

main "$@"
