#!/usr/bin/env bash
#
# Runs all tests, or with --quick the quick ones. The last line of the output is `123 passed, 0 failed`, with
# `, 4 skipped` if tests were skipped. All other arguments go to `dotnet test`. The exit code is that of the tests.

set -euo pipefail

# The quick tests are those outside the folders whose tests start programs, open many sockets or take long, without the
# tests of two categories: those that run in full size in `./run.sh soak`, and the slow ones.
QUICK='FullyQualifiedName!~.EndToEnd.&FullyQualifiedName!~.Reliability.&FullyQualifiedName!~.Fuzz.'
QUICK+='&TestCategory!=Reliability&TestCategory!=Slow'

main() {
  local status=0
  ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  cd "$ROOT"
  # shellcheck source=scripts/streams.sh
  source scripts/streams.sh
  # shellcheck source=scripts/tests.sh
  source scripts/tests.sh

  choose_tests "$@"
  # An option or a setting is one for `dotnet test`.
  if [[ -n $IS_QUICK && ${#OPTIONS[@]} -eq 0 && ${#SETTINGS[@]} -eq 0 ]]; then
    run_directly || status=$?
  else
    run_with_sdk || status=$?
  fi
  exit "$status"
}

# Sets IS_QUICK, OPTIONS, FILTER and SETTINGS, which are the arguments after `--`. --quick becomes a filter, or a part of the one
# that is given.
choose_tests() {
  IS_QUICK=''
  FILTER=''
  OPTIONS=()
  while [[ $# -gt 0 && $1 != -- ]]; do
    case $1 in
      --quick) IS_QUICK=yes ;;
      --filter)
        FILTER=${2?"--filter needs a value"}
        shift
        ;;
      --filter=*) FILTER=${1#*=} ;;
      *) OPTIONS+=("$1") ;;
    esac
    shift
  done
  [[ $# -eq 0 ]] || shift
  SETTINGS=("$@")
  if [[ -n $IS_QUICK ]]; then
    FILTER=${FILTER:+($FILTER)&}$QUICK
    export THREADEDCHAT_QUICK_TESTS=1 # the long random tests make fewer rounds
    export CsCheck_Iter=20 # and the short ones, of 100 by default
    export DOTNET_TieredPGO=0 # the run is too short to gain from a profile
  fi
}

# Runs the tests in one process, which prints the counts itself. `dotnet test` starts three processes, one after the other,
# and that takes some seconds.
run_directly() {
  tests_are_current || build_solution || return
  TESTINGPLATFORM_NOBANNER=1 dotnet "$TESTS" --settings ChatServer.Tests/tests.runsettings --filter "$FILTER"
}

run_with_sdk() {
  local results status=0
  RESULTS_FOLDER=$(mktemp -d)
  trap 'rm -rf "$RESULTS_FOLDER"; restore_keypad' EXIT
  # There is one file, because there is one test project.
  results=$RESULTS_FOLDER/results.trx

  # Two tests at a time for each processor: most of them wait, for programs, for sockets, for limits.
  dotnet test ThreadedChat.sln --configuration Release --logger "trx;LogFileName=$results" \
    ${OPTIONS[@]+"${OPTIONS[@]}"} ${FILTER:+--filter "$FILTER"} -- ${SETTINGS[@]+"${SETTINGS[@]}"} \
    RunConfiguration.TreatNoTestsAsError=true MSTest.Parallelize.Scope=ClassLevel \
    "MSTest.Parallelize.Workers=$(($(getconf _NPROCESSORS_ONLN) * 2))" || status=$?

  print_counts "$results"
  return "$status"
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
