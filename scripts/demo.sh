#!/usr/bin/env bash
#
# Runs the assignment's example conversation with the real programs: a server on a free port, and the
# clients of Panda and Alice. This script types for both, and shows their screens side by side.
# Exits with 0 only if each client prints exactly the bytes of the assignment. `./run.sh demo` starts
# this script after it has built the programs.
#
# The clients write into pipes, so they print only their own bytes. A terminal would also show the
# typed text where the user types it (echo). This script types a line only after the client has printed
# everything that must come before it, so it knows this place, and shows the typed line there itself.
#
# Nothing here sleeps: each step waits for its expected bytes, with a limit.

set -euo pipefail
export LC_ALL=C # so that bash counts bytes

readonly STEP_LIMIT=10 # seconds for each step
readonly LIMIT=60      # seconds for all of it
readonly COLUMN=38     # two columns and ` | ` fit a terminal of 80

readonly PROMPT='[Me] '
readonly WIPE=$'\r    \r' # what a client prints to remove its prompt

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
WORK=$(mktemp -d)
RUNNING=' ' # ids of the started programs that have not been waited for, each between two spaces

# shellcheck source=scripts/clock.sh
source "$ROOT/scripts/clock.sh"

# File descriptors: the input and the output of each client, and the server's log. (Bash 3.2 cannot
# choose the numbers itself.)     Panda 3 4   Alice 5 6   server 7

# ---------------------------------------------------------------------------------------
# The conversation
# ---------------------------------------------------------------------------------------

main() {
  trap clean_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  trap 'fail "the demo did not end within $LIMIT s"' USR1
  choose_colours
  mkfifo "$WORK/nothing"
  watch_the_clock "$LIMIT" $$ USR1

  start_server
  echo "A server on port $PORT, and two clients:"
  echo
  converse
  stop_server
  echo
  echo "Both clients printed exactly the bytes of the assignment's example."
}

converse() {
  start_client Panda localhost 3 4
  exec 3>"$WORK/Panda.in" 4<"$WORK/Panda.out"
  prompts Panda
  types Panda 'Hello world!'
  sees Panda 'Not currently in any channel. Must join a channel before sending messages.'
  types Panda '/list'
  types Panda '/create 168_tas'
  types Panda '/list'
  sees Panda '168_tas'
  types Panda 'Hello world!'

  start_client Alice 127.0.0.1 5 6
  exec 5>"$WORK/Alice.in" 6<"$WORK/Alice.out"
  prompts Alice
  types Alice '/list'
  sees Alice '168_tas'
  types Alice '/join 168_tas'
  sees Panda 'Alice has joined'
  types Alice "Hi everyone! Does anyone know what we're doing on the first day of lecture?"
  sees Panda "[Alice] Hi everyone! Does anyone know what we're doing on the first day of lecture?"

  show Panda '' '(ends the client)'
  exec 3>&- # the end of its input
  ends Panda
  sees Alice 'Panda has left'
  exec 5>&-
  ends Alice
}

# ---------------------------------------------------------------------------------------
# Steps
# ---------------------------------------------------------------------------------------

# The server gets port 0, so it takes any free port. Its first log line says which.
start_server() {
  local line
  mkfifo "$WORK/log"
  "$ROOT/run.sh" server 0 </dev/null >/dev/null 2>"$WORK/log" &
  SERVER=$!
  RUNNING="$RUNNING$SERVER "
  exec 7<"$WORK/log"
  while IFS= read -r -t "$STEP_LIMIT" -u 7 line; do
    echo "$line" >>"$WORK/server.log"
    if [[ $line =~ port\ ([0-9]+) ]]; then
      PORT=${BASH_REMATCH[1]}
      return
    fi
  done
  fail 'the server did not say which port it listens on'
}

stop_server() {
  kill -TERM "$SERVER"
  must_succeed 'the server' "$SERVER"
}

# The caller opens the other ends of the two pipes next; the start of the client waits for that.
# A client must not inherit the ends of another client: that client would not see the end of its input.
start_client() {
  local name=$1 host=$2
  mkfifo "$WORK/$name.in" "$WORK/$name.out"
  show "$name" "$BOLD" "\$ client $name $host $PORT"
  "$ROOT/run.sh" client "$name" "$host" "$PORT" \
    <"$WORK/$name.in" >"$WORK/$name.out" 3>&- 4>&- 5>&- 6>&- 7>&- &
  echo $! >"$WORK/$name.pid"
  RUNNING="$RUNNING$! "
}

prompts() { must_print "$1" "$PROMPT"; }

types() {
  local name=$1 text=$2
  show "$name" '' "$PROMPT$text"
  printf '%s\n' "$text" >&"$(input_of "$name")"
  prompts "$name"
}

sees() {
  local name=$1 text=$2
  must_print "$name" "$WIPE$text"$'\n'"$PROMPT"
  show "$name" "$COLOUR" "$text"
}

# The client's next bytes must be these.
must_print() {
  local name=$1 expected=$2 printed=''
  IFS= read -r -d '' -n "${#expected}" -t "$STEP_LIMIT" -u "$(output_of "$name")" printed || true
  [[ $printed == "$expected" ]] ||
    fail "the client of $name printed $(printf '%q' "$printed") and not $(printf '%q' "$expected") within $STEP_LIMIT s"
}

# The client must exit by itself with code 0 and print nothing more.
ends() {
  local name=$1 rest='' code=0
  IFS= read -r -d '' -t "$STEP_LIMIT" -u "$(output_of "$name")" rest || code=$?
  [[ $code -le 128 ]] || fail "the client of $name did not end within $STEP_LIMIT s of its input"
  [[ -z $rest ]] || fail "the client of $name printed $(printf '%q' "$rest") at its end"
  must_succeed "the client of $name" "$(cat "$WORK/$name.pid")"
}

# A program must exit with code 0. Then it leaves the list, because another process may get its id.
must_succeed() {
  local what=$1 pid=$2 code=0
  wait "$pid" || code=$?
  RUNNING=${RUNNING/ $pid / }
  [[ $code -eq 0 ]] || fail "$what exited with $code"
}

input_of() { case $1 in Panda) echo 3 ;; Alice) echo 5 ;; esac; }

output_of() { case $1 in Panda) echo 4 ;; Alice) echo 6 ;; esac; }

# ---------------------------------------------------------------------------------------
# Showing
# ---------------------------------------------------------------------------------------

choose_colours() {
  BOLD='' COLOUR='' PLAIN=''
  if [[ -t 1 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then
    BOLD=$'\e[1m' COLOUR=$'\e[36m' PLAIN=$'\e[0m'
  fi
}

# Shows a line of a client's screen in that client's column, in as many rows as necessary. The text is
# padded before it is coloured, because colours have no width.
show() {
  local name=$1 colour=$2 text=$3 part
  while IFS= read -r part; do
    printf -v part '%-*s' "$COLUMN" "$part"
    case $name in
      Panda) printf '%s%s%s |\n' "$colour" "$part" "$PLAIN" ;;
      Alice) printf '%*s | %s%s%s\n' "$COLUMN" '' "$colour" "${part%"${part##*[! ]}"}" "$PLAIN" ;;
    esac
  done < <(fold -s -w "$COLUMN" <<<"$text")
}

# ---------------------------------------------------------------------------------------
# The end
# ---------------------------------------------------------------------------------------

fail() {
  trap '' USR1
  echo "demo: $1" >&2
  exit 1
}

clean_up() {
  local code=$?
  local IFS=' ' # a signal may have come in the middle of an `IFS= read`
  trap '' INT TERM USR1
  stop_clock
  # shellcheck disable=SC2086  # several process ids
  if [[ $RUNNING != ' ' ]]; then
    kill -TERM $RUNNING 2>/dev/null || true
    watch_the_clock 5 "$RUNNING" KILL
    wait $RUNNING 2>/dev/null || true
    stop_clock
  fi
  if [[ $code -eq 1 ]]; then
    echo 'demo: the log of the server:' >&2
    cat "$WORK/server.log" - <&7 >&2 || true
  fi
  rm -rf "$WORK"
}

main "$@"
