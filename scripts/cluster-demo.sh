#!/usr/bin/env bash
#
# Shows a chat that several servers form: an engine of three nodes and three servers on loopback, and two
# clients on different servers. One node of the engine is killed while they talk, and then a server with
# one of the clients, which goes to another server. Exits with 0 only if each client got each message once
# and in order. `./run.sh cluster-demo` starts this script after it has built the programs.
#
# Nothing here sleeps: each step waits for what must be seen, with a limit.

set -euo pipefail
export LC_ALL=C

readonly STEP_LIMIT=60 # seconds for each step; an engine of three nodes takes up to 10 to choose a new leader
readonly LIMIT=240     # seconds for all of it
readonly TRIES=5       # to find free ports for the engine

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
WORK=$(mktemp -d)
RUNNING=' ' # ids of the started programs that have not been waited for, each between two spaces

# shellcheck source=scripts/clock.sh
source "$ROOT/scripts/clock.sh"

# File descriptors: the input and the output of each client, and logs of starting programs. (Bash 3.2
# cannot choose the numbers itself.)     Ana 3 4   Bob 5 6   server 7   nodes 11 12 13

main() {
  trap clean_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  trap 'fail "the demo did not end within $LIMIT s"' USR1
  command -v nats-server >/dev/null || fail 'needs nats-server (Debian: apt-get install nats-server)'
  mkfifo "$WORK/nothing"
  watch_the_clock "$LIMIT" $$ USR1

  start_engine
  for number in 1 2 3; do
    start_server "$number"
  done
  say "Three nodes of the engine and three servers run, on the ports ${PORTS[*]}."
  converse
  stop_all
  say 'Nothing was lost, nothing came twice, and everything came in order.'
}

converse() {
  local i
  start_client Ana "127.0.0.1:${PORTS[0]},127.0.0.1:${PORTS[1]},127.0.0.1:${PORTS[2]}" 3 4
  exec 3>"$WORK/Ana.in" 4<"$WORK/Ana.out"
  types Ana '/create tea'
  types Ana '/list'
  notices Ana 'tea'
  start_client Bob "127.0.0.1:${PORTS[1]},127.0.0.1:${PORTS[2]},127.0.0.1:${PORTS[0]}" 5 6
  exec 5>"$WORK/Bob.in" 6<"$WORK/Bob.out"
  types Bob '/join tea'
  notices Ana 'Bob has joined'

  say 'Ana is on server 1, and Bob on server 2.'
  for i in 1 2 3; do
    types Ana "message $i"
    hears Bob Ana "message $i"
    types Bob "answer $i"
    hears Ana Bob "answer $i"
  done

  say 'A node of the engine is killed, and they talk on.'
  kill_program "${NODES[0]}"
  for i in 4 5 6 7 8 9; do
    types Ana "message $i"
    types Bob "answer $i"
  done
  for i in 4 5 6 7 8 9; do
    hears Bob Ana "message $i"
    hears Ana Bob "answer $i"
  done

  say 'Server 2 is killed while Bob talks. Of what it had not passed on yet, the end is lost, and never a part before it.'
  for i in 10 11 12 13 14 15; do
    types Bob "answer $i"
  done
  kill_program "${SERVERS[1]}"
  change_of_server

  say 'Bob is back, on another server.'
  for i in 10 11 12; do
    types Ana "message $i"
    hears Bob Ana "message $i"
    types Bob "after the change, answer $i"
    hears Ana Bob "after the change, answer $i"
  done

  exec 5>&-
  ends Bob
  notices Ana 'Bob has left'
  exec 3>&-
  ends Ana
}

# Bob's client finds another server and joins the channel again; the others take the old one for gone. In
# which order Ana sees these two does not matter. Bob's answers must come without a hole.
change_of_server() {
  local next=10 missing='joined left'
  while [[ -n ${missing// /} ]]; do
    read_line Ana
    case $LINE in
      'Bob has joined') missing=${missing/joined/} ;;
      'Bob has left') missing=${missing/left/} ;;
      "[Bob] answer $next") next=$((next + 1)) ;;
      '['*) fail "Ana saw '$LINE' and not '[Bob] answer $next'" ;;
    esac
    show Ana "$LINE"
  done
}

# ---------------------------------------------------------------------------------------
# Programs
# ---------------------------------------------------------------------------------------

# Each node must know the ports of the others before it starts, so the ports are tried: if another program
# has one of them, the engine is started again with others.
start_engine() {
  local try
  for ((try = 0; try < TRIES; try++)); do
    try_engine $((10000 + RANDOM % 20000)) && return
    stop_all
  done
  fail "the engine does not start; its logs: $(cat "$WORK"/node*.log)"
}

try_engine() {
  local port=$1 node routes='' urls=''
  for node in 1 2 3; do
    routes="$routes,nats://127.0.0.1:$((port + 10 + node))"
    urls="$urls,nats://127.0.0.1:$((port + node))"
  done
  URLS=${urls#,}
  NODES=()
  for node in 1 2 3; do
    rm -rf "$WORK/node$node" "$WORK/node$node.err"
    mkfifo "$WORK/node$node.err"
    nats-server -js -n "node-$node" -sd "$WORK/node$node" -a 127.0.0.1 -p $((port + node)) \
      -cluster_name demo -cluster "nats://127.0.0.1:$((port + 10 + node))" -routes "${routes#,}" \
      </dev/null >/dev/null 2>"$WORK/node$node.err" 7>&- 11<&- 12<&- 13<&- &
    NODES+=($!)
    RUNNING="$RUNNING$! "
    case $node in
      1) exec 11<"$WORK/node1.err" ;;
      2) exec 12<"$WORK/node2.err" ;;
      3) exec 13<"$WORK/node3.err" ;;
    esac
  done
  await_in_log 11 node1 'metadata leader' && await_in_log 12 node2 'metadata leader' && await_in_log 13 node3 'metadata leader'
}

start_server() {
  local number=$1
  mkfifo "$WORK/server$number.err"
  "$ROOT/run.sh" server 0 --cluster "$URLS" --cluster-name demo --cluster-replicas 3 --engine-timeout 60 \
    </dev/null >/dev/null 2>"$WORK/server$number.err" 7>&- 11<&- 12<&- 13<&- &
  SERVERS+=($!)
  RUNNING="$RUNNING$! "
  exec 7<"$WORK/server$number.err"
  await_in_log 7 "server$number" 'port ([0-9]+)' || fail "server $number does not start: $(cat "$WORK/server$number.log")"
  PORTS+=("${BASH_REMATCH[1]}")
}

# Reads a log until a line matches, and leaves the rest of it to a process that keeps it in a file.
await_in_log() {
  local fd=$1 name=$2 pattern=$3 line
  while IFS= read -r -t "$STEP_LIMIT" -u "$fd" line; do
    echo "$line" >>"$WORK/$name.log"
    if [[ $line =~ $pattern ]]; then
      cat <&"$fd" >>"$WORK/$name.log" 3>&- 4>&- 5>&- 6>&- &
      return
    fi
  done
  return 1
}

# The caller opens the other ends of the two pipes next; the start of the client waits for that.
start_client() {
  local name=$1 servers=$2
  mkfifo "$WORK/$name.in" "$WORK/$name.out"
  "$ROOT/run.sh" client "$name" "$servers" --reconnect \
    <"$WORK/$name.in" >"$WORK/$name.out" 2>>"$WORK/$name.log" 3>&- 4>&- 5>&- 6>&- 7>&- 11<&- 12<&- 13<&- &
  echo $! >"$WORK/$name.pid"
  RUNNING="$RUNNING$! "
}

# Ends a program at once, as a machine that fails would.
kill_program() {
  kill -KILL "$1"
  forget "$1"
}

forget() {
  wait "$1" 2>/dev/null || true
  RUNNING=${RUNNING/ $1 / }
}

stop_all() {
  local pid
  # shellcheck disable=SC2086  # several process ids
  [[ $RUNNING == ' ' ]] || kill -TERM $RUNNING 2>/dev/null || true
  for pid in $RUNNING; do
    forget "$pid"
  done
}

# ---------------------------------------------------------------------------------------
# Steps
# ---------------------------------------------------------------------------------------

types() {
  show "$1" "[Me] $2"
  printf '%s\n' "$2" >&"$(input_of "$1")"
}

# The next message that a client sees must be this one.
hears() {
  local name=$1 from=$2 text=$3
  while read_line "$name"; do
    [[ $LINE != "[$from] $text" ]] || break
    [[ $LINE != '['* ]] || fail "$name saw '$LINE' and not '[$from] $text'"
  done
  show "$name" "$LINE"
}

# The next line that a client sees must be this one. Its own words about the connection do not count.
notices() {
  local name=$1 text=$2
  while read_line "$name"; do
    [[ $LINE != "$text" ]] || break
    [[ $LINE != '['* ]] || fail "$name saw '$LINE' and not '$text'"
  done
  show "$name" "$LINE"
}

# The next line that a client prints, without the prompt.
read_line() {
  local name=$1
  IFS= read -r -t "$STEP_LIMIT" -u "$(output_of "$name")" LINE || fail "$name saw nothing more within $STEP_LIMIT s"
  LINE=${LINE##*$'\r'}
  LINE=${LINE##'[Me] '}
}

# The client must exit by itself with code 0.
ends() {
  local pid code=0
  pid=$(<"$WORK/$1.pid")
  cat <&"$(output_of "$1")" >/dev/null
  wait "$pid" || code=$?
  RUNNING=${RUNNING/ $pid / }
  [[ $code -eq 0 ]] || fail "the client of $1 exited with $code"
}

input_of() { case $1 in Ana) echo 3 ;; Bob) echo 5 ;; esac; }

output_of() { case $1 in Ana) echo 4 ;; Bob) echo 6 ;; esac; }

show() { printf '  %-4s| %s\n' "$1" "$2"; }

say() { printf '%s\n' "$1"; }

# ---------------------------------------------------------------------------------------
# The end
# ---------------------------------------------------------------------------------------

fail() {
  trap '' USR1
  echo "cluster-demo: $1" >&2
  exit 1
}

clean_up() {
  local code=$?
  local IFS=' '
  trap '' INT TERM USR1
  stop_clock
  # shellcheck disable=SC2086  # several process ids
  if [[ $RUNNING != ' ' ]]; then
    kill -TERM $RUNNING 2>/dev/null || true
    watch_the_clock 10 "$RUNNING" KILL
    wait $RUNNING 2>/dev/null || true
    stop_clock
  fi
  if [[ $code -eq 1 ]]; then
    tail -n 20 "$WORK"/*.log >&2 2>/dev/null || true
  fi
  rm -rf "$WORK"
}

PORTS=() SERVERS=() NODES=()
main "$@"
