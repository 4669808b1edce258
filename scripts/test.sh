#!/usr/bin/env bash
#
# Runs all tests. The last line of the output is `123 passed, 0 failed`, with `, 4 skipped` if tests were
# skipped. Arguments go to `dotnet test`. The exit code is that of the tests.

set -euo pipefail

main() {
  local results status=0
  cd "$(dirname "${BASH_SOURCE[0]}")/.."
  # shellcheck source=scripts/streams.sh
  source scripts/streams.sh
  RESULTS_FOLDER=$(mktemp -d)
  trap 'rm -rf "$RESULTS_FOLDER"; restore_keypad' EXIT
  # There is one file, because there is one test project.
  results=$RESULTS_FOLDER/results.trx

  dotnet test ThreadedChat.sln --configuration Release --logger "trx;LogFileName=$results" "$@" || status=$?

  print_counts "$results"
  exit "$status"
}

# The counts come from the result file, because the printed output depends on the terminal, the language and the
# options.
print_counts() {
  local results=$1 total executed passed
  # If the tests did not compile or their process crashed, there is no file, or a file without counts.
  if ! read -r total executed passed < <(
    sed -n 's/.*<Counters total="\([0-9]*\)" executed="\([0-9]*\)" passed="\([0-9]*\)".*/\1 \2 \3/p' "$results" 2>/dev/null
  ); then
    complain 'run.sh: there are no test results to count'
    return
  fi
  printf '%d passed, %d failed' "$passed" $((executed - passed))
  # The file also has a counter for skipped tests, but the runner leaves it at 0.
  [[ $total -eq $executed ]] || printf ', %d skipped' $((total - executed))
  printf '\n'
}

main "$@"
