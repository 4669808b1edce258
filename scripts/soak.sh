#!/usr/bin/env bash
#
# Runs the reliability tests in full size and shows their figures: ./run.sh soak --help

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
  # The detailed logger also shows the output of a test that passed. After the `--` is the time limit of one test, in
  # milliseconds: more than that of tests.runsettings.
  exec "$BASH" scripts/test.sh \
    --filter "TestCategory=Reliability${only:+&FullyQualifiedName~$only}" \
    --logger 'console;verbosity=detailed' \
    -- "MSTest.TestTimeout=$(((minutes + 15) * 60000))"
}

usage() {
  cat <<'HELP' 2>/dev/null || true
Runs the reliability tests in full size and shows their figures; this takes about a quarter of an hour.
(./run.sh test runs them in a small form. docs/reliability.md describes each of them.)

Usage: ./run.sh soak [options]

  --minutes N   the time of the mixed load (default 10); the delivery test runs a fifth of that
  --seed N      the seed of the random choices, which each test prints (default: a new one each time)
  --only NAME   only tests with NAME in the name of the test or its class: Churn, SlowReader, HalfOpen ...
HELP
}

wrong() {
  complain "run.sh: soak: $1 (./run.sh soak --help shows all options)"
  exit 2
}

main "$@"
