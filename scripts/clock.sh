# shellcheck shell=bash
#
# A limit of time for a script. Sourced by scripts that have made WORK, a folder, and WORK/nothing, a pipe
# to which nobody writes.

CLOCK=''

# Sends a signal to processes after some seconds. It waits in a read from a pipe without a writer
# instead of a `sleep`, so that one process is all there is to end.
watch_the_clock() {
  local seconds=$1 pids=$2 signal=$3
  (
    trap - EXIT INT TERM USR1
    # shellcheck disable=SC2086  # several process ids
    IFS= read -r -t "$seconds" <>"$WORK/nothing" || kill -"$signal" $pids 2>/dev/null || true
  ) &
  CLOCK=$!
}

stop_clock() {
  [[ -n $CLOCK ]] || return 0
  kill "$CLOCK" 2>/dev/null || true
  wait "$CLOCK" || true
  CLOCK=''
}
