#!/usr/bin/env bash
#
# Runs the tests of reliability in full size and shows their figures: ./run.sh soak --help

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/streams.sh
source scripts/streams.sh

main() {
  local minutes=10 seed='' only=''
  while [[ $# -gt 0 ]]; do
    case $1 in
      -h | --help)
        usage
        return
        ;;
      --minutes | --seed | --only)
        [[ $# -ge 2 ]] || wrong "$1 needs a value"
        case $1 in
          --minutes) minutes=$2 ;;
          --seed) seed=$2 ;;
          --only) only=$2 ;;
        esac
        shift 2
        ;;
      --minutes=*) minutes=${1#*=} && shift ;;
      --seed=*) seed=${1#*=} && shift ;;
      --only=*) only=${1#*=} && shift ;;
      *) wrong "there is no option '$1'" ;;
    esac
  done
  [[ $minutes =~ ^[1-9][0-9]{0,3}$ ]] || wrong "--minutes must be a number from 1 to 9999, not '$minutes'"
  [[ $seed =~ ^[0-9]{0,9}$ ]] || wrong "--seed must be a number of at most nine digits, not '$seed'"
  [[ $only =~ ^[A-Za-z0-9_]*$ ]] || wrong "--only must be a part of the name of a test or its class, not '$only'"

  export THREADEDCHAT_SOAK_MINUTES=$minutes THREADEDCHAT_SOAK_SEED=$seed
  # The detailed logger shows what a test has to say although it has passed. Behind the `--` is the time that one test may
  # take, in milliseconds: more than that of tests.runsettings.
  exec "$BASH" scripts/test.sh \
    --filter "TestCategory=Reliability${only:+&FullyQualifiedName~$only}" \
    --logger 'console;verbosity=detailed' \
    -- "MSTest.TestTimeout=$(((minutes + 15) * 60000))"
}

usage() {
  cat <<'HELP' 2>/dev/null || true
Runs the tests of reliability in full size, and shows their figures: about a quarter of an hour.
(./run.sh test runs them small. docs/reliability.md says what each shows.)

Usage: ./run.sh soak [options]

  --minutes N   how long the mixed load goes on (default 10); the ledger takes a fifth of it
  --seed N      begin the random choices with N, which each test prints (default: another each time)
  --only NAME   only tests whose name, or whose class's, has NAME in it: Churn, SlowReader, HalfOpen ...
HELP
}

wrong() {
  complain "run.sh: soak: $1 (./run.sh soak --help shows all options)"
  exit 2
}

main "$@"
