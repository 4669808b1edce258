#!/usr/bin/env bash
#
# Starts every program of ThreadedChat and every task of development. Each is a verb.
#
# To add a verb `word`: write a function `verb_word` below (a `-` in the verb is a `_` in
# the function), and describe it in `verb_help` and in docs/options.md. No other list of verbs exists.
#
# Works with bash 3.2 and later, because macOS has bash 3.2.
#
# shellcheck disable=SC2317  # The verbs look unreachable: main calls them by computed names.

set -euo pipefail

# ---------------------------------------------------------------------------------------
# The verbs
# ---------------------------------------------------------------------------------------

verb_help() {
  show_help <<'HELP'
ThreadedChat: a chat server with one thread per client, and a terminal client.

Usage: ./run.sh VERB [arguments]

  server PORT [options]     start the server on PORT (server --help: all options)
  client NAME HOST PORT     start a client with the name NAME (client --help: all options)

  basic-server PORT         part 0: print what each client sends, one client after the other
  basic-client HOST PORT    part 0: send one line of standard input

  decode FILE|-             show the frames in a file of captured bytes (- is standard input)
  history FILE [options]    print what a server with --history has kept (history --help)
  account add NAME          give a name to somebody (account --help: remove, list, token)
  admin PATH who            ask or tell a running server something (admin --help: kick, ban, ...)
  check server ...          check any implementation of a chat server (check --help)
  check client ...          check any implementation of a chat client
  grade FOLDER              check a whole class, and write grades and reports (grade --help)

  demo                      show a server and two clients that talk
  cluster-demo              show three servers that form one chat, and the loss of one
  build                     build everything; warnings are errors
  test [options]            run all tests (test --help; with --quick only those that take seconds)
  soak [options]            run the reliability tests in full size (soak --help)
  bench [options]           put load on the server and check every delivery (bench --help)
  bench micro [options]     measure single parts of the code (options go to BenchmarkDotNet)
  release [options]         make archives and packages to hand out (release --help)
  version                   print the version
  help                      print this text

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

verb_account() { run_program ChatServer --account "$@"; }

verb_admin() { run_program ChatServer --admin "$@"; }

verb_check() {
  prepare_programs_for_children # the checked program may be started through run.sh
  export DOTNET_EnableDiagnostics=0 # otherwise debugger sockets remain when a signal ends the checker
  run_program ChatCheck "$@"
}

verb_grade() {
  export DOTNET_EnableDiagnostics=0
  run_program ChatGrade "$@"
}

verb_version() {
  if asks_for_help "$@"; then
    show_help <<'HELP'
Usage: ./run.sh version

Prints the version of ThreadedChat, with the commit of the sources behind a + if this is a clone.
HELP
    return
  fi
  no_arguments version "$@"
  # shellcheck source=scripts/revision.sh
  source "$ROOT/scripts/revision.sh"
  find_version
  find_revision
  printf '%s\n' "$VERSION${REVISION:++$REVISION}" 2>/dev/null || true
}

verb_release() { run_script release.sh "$@"; }

verb_demo() {
  if asks_for_help "$@"; then
    show_help <<'HELP'
Usage: ./run.sh demo

Starts a server and two clients, runs the assignment's example conversation, and compares each byte.
Exit code 0: every byte was correct.
HELP
    return
  fi
  no_arguments demo "$@"
  prepare_programs_for_children
  run_script demo.sh
}

verb_cluster_demo() {
  if asks_for_help "$@"; then
    show_help <<'HELP'
Usage: ./run.sh cluster-demo

Starts an engine of three nodes and three servers that form one chat, on this machine, and two clients on
different servers. Kills a node of the engine and a server while they talk, and checks what the clients see.
Needs nats-server. Takes about 40 seconds. Exit code 0: nothing was lost, doubled or out of order.
HELP
    return
  fi
  no_arguments cluster-demo "$@"
  prepare_programs_for_children
  run_script cluster-demo.sh
}

verb_build() {
  if asks_for_help "$@"; then
    show_help <<'HELP'
Usage: ./run.sh build [options]
       ./run.sh build --native

Builds everything, with warnings as errors, and the programs that the other verbs start.
The options go to `dotnet build` (dotnet build --help lists them).

  --native   compile server and client ahead of time, on Linux with gcc. They start ten times as fast. The
             other verbs use them until a source changes
HELP
    return
  fi
  if [[ ${1-} == --native ]]; then
    shift
    no_arguments 'build --native' "$@"
    compile_programs
    return
  fi
  cd "$ROOT"
  need_sdk
  if [[ $# -eq 0 ]]; then
    # shellcheck source=scripts/tests.sh
    source "$ROOT/scripts/tests.sh"
    build_solution
  else
    run_sdk dotnet build ThreadedChat.sln --configuration Release -warnaserror "$@"
  fi
  prepare_programs
}

verb_test() {
  if asks_for_help "$@"; then
    show_help <<'HELP'
Usage: ./run.sh test [options]

Runs all tests. The last line of the output has the numbers of passed and failed tests.

  --quick    only the tests that start no program, open few sockets and are not slow; they take some seconds.
             These are the tests outside the folders EndToEnd, Reliability and Fuzz, without the categories
             Reliability and Slow. Builds only if a source has changed.

The other options go to `dotnet test` (dotnet test --help lists them):
  ./run.sh test --filter ClassName~FrameBuffer    only the tests of classes with this text in their names
HELP
    return
  fi
  is_quick "$@" || prepare_programs_for_children # some tests start them
  run_script test.sh "$@"
}

verb_soak() {
  asks_for_help "$@" || prepare_programs_for_children # most tests start them
  run_script soak.sh "$@"
}

verb_bench() {
  prepare_programs_for_children # the benchmark starts the server
  # The output of the build goes to standard error, because standard output may be JSON.
  need_sdk
  build_benchmarks >&2 || {
    complain 'run.sh: cannot build the load generator; the reason is above'
    exit 1
  }
  exec dotnet "$ROOT/ChatServer.Benchmarks/bin/Release/net10.0/ChatServer.Benchmarks.dll" "$@"
}

build_benchmarks() {
  DOTNET_NOLOGO=1 run_sdk dotnet msbuild "$ROOT/ChatServer.Benchmarks" -restore -property:Configuration=Release \
    -property:UseSharedCompilation=false -nodeReuse:false -nologo -verbosity:quiet </dev/null
}

# ---------------------------------------------------------------------------------------
# Helpers
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

# Prints standard input. A closed standard output is not a failure.
show_help() { cat 2>/dev/null || true; }

# Succeeds if one of the arguments of `test`, up to a `--`, asks for the quick tests.
is_quick() {
  local word
  for word in "$@"; do
    case $word in
      --quick) return 0 ;;
      --) return 1 ;;
    esac
  done
  return 1
}

no_arguments() {
  [[ $# -eq 1 ]] || {
    complain "run.sh: $1 takes no arguments, not '$2'"
    exit 2
  }
}

# Replaces this shell by the program (exec), so that the program itself gets the signals and returns the
# exit code.
run_program() {
  local program=$1
  shift
  prepare_programs
  # In a folder that THREADEDCHAT_PROGRAMS names the programs may be compiled ahead of time.
  [[ ! -x $PROGRAMS/$program/$program ]] || exec "$PROGRAMS/$program/$program" "$@"
  exec dotnet "$PROGRAMS/$program/$program.dll" "$@"
}

# Replaces this shell by a script in scripts/, run by the same bash.
run_script() {
  local script=$1
  shift
  exec "$BASH" "$ROOT/scripts/$script" "$@"
}

# Sets ROOT to the folder of this script, also if the script is called through symbolic links.
# It sets a variable because a $( ) would add a process to every start.
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
  # A `_` in a verb would find the function of another verb.
  if [[ $verb == *_* ]] || ! declare -F "$handler" >/dev/null; then
    complain "run.sh: there is no verb '${verb//[[:cntrl:]]/?}' (./run.sh help lists them)"
    exit 2
  fi

  # shellcheck source=scripts/programs.sh
  source "$ROOT/scripts/programs.sh"
  "$handler" "$@"
}

# In one line with the exit: bash then reads the whole script before it runs a command, so an edit of the
# script cannot affect a running one.
main "$@"; exit
