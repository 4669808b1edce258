#!/usr/bin/env bash
#
# The one door to ThreadedChat: every program, and everything done to the code, is a verb
# of this script.
#
# To add a verb `word`: write a function `verb_word` below (a `-` in the verb is a `_` in
# its function) and say what it does in `verb_help`. Nothing else knows the list of verbs.
#
# Written for bash 3.2 and up, because that is the bash of macOS.
#
# shellcheck disable=SC2317  # The verbs look unreachable: they are called by computed names.

set -euo pipefail

# ---------------------------------------------------------------------------------------
# The verbs
# ---------------------------------------------------------------------------------------

verb_help() {
  cat <<'HELP'
ThreadedChat: a chat server with one thread per client, and a terminal client.

Usage: ./run.sh VERB [arguments]

  server PORT [options]     serve chat on PORT (server --help: all options)
  client NAME HOST PORT     chat as NAME (client --help: all options)

  basic-server PORT         part 0: print what each client sends, one after the other
  basic-client HOST PORT    part 0: send one line of standard input

  decode FILE|-             show the frames in a file of captured bytes, or in standard input
  check server ...          check any implementation of a chat server (check --help)
  check client ...          check any implementation of a chat client

  demo                      watch a server and two clients hold a conversation
  build                     build everything, warnings as errors
  test [options]            run all tests (options go to `dotnet test`)
  soak [options]            run the tests of reliability in full size (soak --help)
  bench [options]           put load on the server, check every delivery (bench --help)
  bench micro [options]     measure the small parts (options go to BenchmarkDotNet)
  help                      this text

Try, in two terminals:  ./run.sh server 55555
                        ./run.sh client Panda localhost 55555
HELP
}

verb_server() { run_program ChatServer "$@"; }

verb_client() { run_program ChatClient "$@"; }

verb_basic_server() { run_program ChatServer --basic "$@"; }

verb_basic_client() { run_program ChatClient --basic "$@"; }

verb_decode() { run_program ChatClient --decode "$@"; }

verb_check() {
  prepare_programs_for_all_below # what is checked may be started through run.sh
  run_program ChatCheck "$@"
}

verb_demo() {
  if [[ $# -gt 0 ]]; then
    echo "run.sh: demo takes no arguments, not '$1'" >&2
    exit 2
  fi
  prepare_programs_for_all_below
  run_script demo.sh "$@"
}

verb_build() {
  cd "$ROOT"
  need_sdk
  dotnet build ThreadedChat.sln --configuration Release -warnaserror "$@"
  prepare_programs
}

verb_test() {
  prepare_programs_for_all_below # some tests start them
  run_script test.sh "$@"
}

verb_soak() {
  prepare_programs_for_all_below # most tests start them
  run_script soak.sh "$@"
}

verb_bench() {
  prepare_programs_for_all_below # the server that is put under load
  # What the build says goes to standard error: standard output may be wanted as JSON.
  DOTNET_NOLOGO=1 dotnet msbuild "$ROOT/ChatServer.Benchmarks" -restore -property:Configuration=Release \
    -property:UseSharedCompilation=false -nodeReuse:false -nologo -verbosity:quiet </dev/null >&2
  exec dotnet "$ROOT/ChatServer.Benchmarks/bin/Release/net10.0/ChatServer.Benchmarks.dll" "$@"
}

# ---------------------------------------------------------------------------------------
# What the verbs are made of
# ---------------------------------------------------------------------------------------

# Becomes the program: it is exec'ed, so it gets the signals and gives the exit code itself,
# and no shell stays behind.
run_program() {
  local program=$1
  shift
  prepare_programs
  exec dotnet "$PROGRAMS/$program/$program.dll" "$@"
}

# Becomes one of our own scripts, run by the bash that runs this one.
run_script() {
  local script=$1
  shift
  exec "$BASH" "$ROOT/scripts/$script" "$@"
}

# Sets ROOT to the folder this script is really in, though it may be called through symbolic links.
# Sets it rather than printing it, because a $( ) would cost every start a process.
find_root() {
  local script=${BASH_SOURCE[0]} target
  [[ $script == */* ]] || script=./$script
  while [[ -L $script ]]; do
    target=$(readlink "$script")
    [[ $target == /* ]] || target=${script%/*}/$target
    script=$target
  done
  [[ $script == /* ]] || script=$PWD/$script
  ROOT=${script%/*}
}

main() {
  local verb=${1-help}
  [[ $# -eq 0 ]] || shift
  case $verb in
    -h | --help) verb=help ;;
  esac

  local handler=verb_${verb//-/_}
  if ! declare -F "$handler" >/dev/null; then
    echo "run.sh: there is no verb '$verb' (./run.sh help lists them)" >&2
    exit 2
  fi

  find_root
  # shellcheck source=scripts/programs.sh
  source "$ROOT/scripts/programs.sh"
  "$handler" "$@"
}

# On one line with its exit, so that bash has read the whole script before it runs any of it:
# an edit while it runs cannot make it stumble.
main "$@"; exit
