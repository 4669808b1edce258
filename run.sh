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
  show_help <<'HELP'
ThreadedChat: a chat server with one thread per client, and a terminal client.

Usage: ./run.sh VERB [arguments]

  server PORT [options]     serve chat on PORT (server --help: all options)
  client NAME HOST PORT     chat as NAME (client --help: all options)

  basic-server PORT         part 0: print what each client sends, one after the other
  basic-client HOST PORT    part 0: send one line of standard input

  decode FILE|-             show the frames in a file of captured bytes, or in standard input
  history FILE [options]    print what a server with --history has kept (history --help)
  check server ...          check any implementation of a chat server (check --help)
  check client ...          check any implementation of a chat client

  demo                      watch a server and two clients hold a conversation
  build                     build everything, warnings as errors
  test [options]            run all tests (options go to `dotnet test`)
  soak [options]            run the tests of reliability in full size (soak --help)
  bench [options]           put load on the server, check every delivery (bench --help)
  bench micro [options]     measure the small parts (options go to BenchmarkDotNet)
  version                   the version of all this
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

verb_history() { run_program ChatServer --print-history "$@"; }

verb_check() {
  prepare_programs_for_all_below # what is checked may be started through run.sh
  export DOTNET_EnableDiagnostics=0 # its sockets for debuggers stay behind when a signal ends it
  run_program ChatCheck "$@"
}

verb_version() {
  local line=''
  if asks_for_help "$@"; then
    show_help <<'HELP'
Usage: ./run.sh version

Prints the version of all this, and nothing else.
HELP
    return
  fi
  no_arguments version "$@"
  while read -r line; do
    case $line in
      '<Version>'*)
        line=${line#'<Version>'}
        printf '%s\n' "${line%'</Version>'}" 2>/dev/null || true
        ;;
    esac
  done <"$ROOT/Directory.Build.props"
}

verb_demo() {
  if asks_for_help "$@"; then
    show_help <<'HELP'
Usage: ./run.sh demo

Starts a server and two clients, lets them hold the conversation of README.md, and checks it to the byte.
Exit code 0: all was as it should be.
HELP
    return
  fi
  no_arguments demo "$@"
  prepare_programs_for_all_below
  run_script demo.sh
}

verb_build() {
  if asks_for_help "$@"; then
    show_help <<'HELP'
Usage: ./run.sh build [options]

Builds everything, warnings as errors, and the programs that the other verbs start.
The options go to `dotnet build` (dotnet build --help lists them).
HELP
    return
  fi
  cd "$ROOT"
  need_sdk
  run_sdk dotnet build ThreadedChat.sln --configuration Release -warnaserror "$@"
  prepare_programs
}

verb_test() {
  if asks_for_help "$@"; then
    show_help <<'HELP'
Usage: ./run.sh test [options]

Runs all tests, and prints as last line how many passed and failed.
The options go to `dotnet test` (dotnet test --help lists them):
  ./run.sh test --filter ClassName~FrameBuffer    only the tests of classes with this in their names
HELP
    return
  fi
  prepare_programs_for_all_below # some tests start them
  run_script test.sh "$@"
}

verb_soak() {
  asks_for_help "$@" || prepare_programs_for_all_below # most tests start them
  run_script soak.sh "$@"
}

verb_bench() {
  prepare_programs_for_all_below # the server that is put under load
  # What the build says goes to standard error: standard output may be wanted as JSON.
  need_sdk
  build_benchmarks >&2 || {
    complain 'run.sh: the load generator could not be built, see above'
    exit 1
  }
  exec dotnet "$ROOT/ChatServer.Benchmarks/bin/Release/net10.0/ChatServer.Benchmarks.dll" "$@"
}

build_benchmarks() {
  DOTNET_NOLOGO=1 run_sdk dotnet msbuild "$ROOT/ChatServer.Benchmarks" -restore -property:Configuration=Release \
    -property:UseSharedCompilation=false -nodeReuse:false -nologo -verbosity:quiet </dev/null
}

# ---------------------------------------------------------------------------------------
# What the verbs are made of
# ---------------------------------------------------------------------------------------

# Succeeds if one of the arguments, up to a `--`, asks for help.
asks_for_help() {
  local word
  for word in "$@"; do
    case $word in
      -h | --help) return 0 ;;
      --) return 1 ;;
    esac
  done
  return 1
}

# Prints standard input. That nobody reads it is no failure.
show_help() { cat 2>/dev/null || true; }

no_arguments() {
  [[ $# -eq 1 ]] || {
    complain "run.sh: $1 takes no arguments, not '$2'"
    exit 2
  }
}

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
    --version) verb=version ;;
  esac

  find_root
  # shellcheck source=scripts/streams.sh
  source "$ROOT/scripts/streams.sh"
  fill_closed_streams

  local handler=verb_${verb//-/_}
  # A `_` in a verb would find the function of another one.
  if [[ $verb == *_* ]] || ! declare -F "$handler" >/dev/null; then
    complain "run.sh: there is no verb '${verb//[[:cntrl:]]/?}' (./run.sh help lists them)"
    exit 2
  fi

  # shellcheck source=scripts/programs.sh
  source "$ROOT/scripts/programs.sh"
  "$handler" "$@"
}

# On one line with its exit, so that bash has read the whole script before it runs any of it:
# an edit while it runs cannot make it stumble.
main "$@"; exit
