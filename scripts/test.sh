#!/usr/bin/env bash
#
# Runs all tests, or with --quick the quick ones. The last line of the output is `123 passed, 0 failed`, with
# `, 4 skipped` if tests were skipped. All other arguments go to `dotnet test`. The exit code is that of the tests.

set -euo pipefail

# The quick tests are those outside the folders whose tests start programs, open many sockets or take long.
QUICK='FullyQualifiedName!~.EndToEnd.&FullyQualifiedName!~.Reliability.&FullyQualifiedName!~.Fuzz.'

main() {
  local results status=0
  cd "$(dirname "${BASH_SOURCE[0]}")/.."
  # shellcheck source=scripts/streams.sh
  source scripts/streams.sh
  RESULTS_FOLDER=$(mktemp -d)
  trap 'rm -rf "$RESULTS_FOLDER"; restore_keypad' EXIT
  # There is one file, because there is one test project.
  results=$RESULTS_FOLDER/results.trx

  choose_tests "$@"
  dotnet test ThreadedChat.sln --configuration Release --logger "trx;LogFileName=$results" \
    ${ARGUMENTS[@]+"${ARGUMENTS[@]}"} || status=$?

  print_counts "$results"
  exit "$status"
}

# Sets ARGUMENTS to those for `dotnet test`, and how many tests run at a time. --quick becomes a filter, or a part of the one that is given.
choose_tests() {
  local quick='' filter=''
  ARGUMENTS=()
  while [[ $# -gt 0 && $1 != -- ]]; do
    case $1 in
      --quick) quick=yes ;;
      --filter)
        filter=${2?"--filter needs a value"}
        shift
        ;;
      --filter=*) filter=${1#*=} ;;
      *) ARGUMENTS+=("$1") ;;
    esac
    shift
  done
  if [[ -n $quick ]]; then
    filter=${filter:+($filter)&}$QUICK
    export THREADEDCHAT_QUICK_TESTS=1 # the long random tests make fewer rounds
    export CsCheck_Iter=20 # and the short ones, of 100 by default
    export DOTNET_TieredPGO=0 # the run is too short to gain from a profile
  fi
  [[ -z $filter ]] || ARGUMENTS+=(--filter "$filter")
  [[ $# -gt 0 ]] || ARGUMENTS+=(--)
  # Two tests at a time for each processor: most of them wait, for programs, for sockets, for limits.
  ARGUMENTS+=("$@" "MSTest.Parallelize.Workers=$(($(getconf _NPROCESSORS_ONLN) * 2))")
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
