# shellcheck shell=bash
#
# Keeps the built programs up to date. Sourced by run.sh, which has set ROOT.
#
#   .build/current                the name of the build to use
#   .build/programs/NAME/         one build; it never changes after `current` names it
#     ChatServer/ ChatClient/ ChatCheck/ ChatGrade/    the published programs; with `build --native` ChatServer/ChatServer and
#                                                      ChatClient/ChatClient are compiled ahead of time, and are preferred
#     began, sources              the stamp of this build (stamp.sh)
#   .build/work/                  MSBuild's files, separate from those of `dotnet build`
#   .build/native/                the same for `build --native`
#   .build/lock                   held by a running build
#   .build/build.log              the output of the last build
#
# Each build has its own folder, and one small file names the build to use. So a server that runs from
# an older build keeps all its files, also those that it has not loaded yet. Why these scripts exist:
# docs/decisions/0013-build-scripts.md.

# shellcheck source=scripts/stamp.sh
source "$ROOT/scripts/stamp.sh"

BUILD_DIR=$ROOT/.build
PROGRAM_SOURCES=(Common ChatServer ChatClient ChatCheck ChatGrade scripts/programs.proj scripts/programs.sh)
BUILT_THERE='run.sh builds the programs there'
SDK_PAGE=https://dotnet.microsoft.com/download

# Sets PROGRAMS to the folder of an up-to-date build, and builds it if there is none.
# Every start calls this, so the slowest allowed command is one `find`.
prepare_programs() {
  need_dotnet
  if [[ -d ${THREADEDCHAT_PROGRAMS:-} ]]; then
    PROGRAMS=$THREADEDCHAT_PROGRAMS
  else
    programs_are_current || build_programs_once
  fi
}

# Prepares the programs for scripts that start them many times through run.sh, with time limits. These
# starts must not build, also if a source changes in the meantime.
prepare_programs_for_children() {
  prepare_programs
  export THREADEDCHAT_PROGRAMS=$PROGRAMS
}

programs_are_current() {
  local name
  [[ -r $BUILD_DIR/current ]] && read -r name <"$BUILD_DIR/current" || return 1
  PROGRAMS=$BUILD_DIR/programs/$name
  is_up_to_date "$PROGRAMS" "${PROGRAM_SOURCES[@]}"
}

# ---------------------------------------------------------------------------------------
# Building: only these functions may take time
# ---------------------------------------------------------------------------------------

# Builds, unless another terminal has built while this one waited for the lock.
build_programs_once() {
  case $ROOT in
    *[';%*?']* | *"\$("* | *'@('*)
      complain "run.sh: cannot build in '$ROOT': MSBuild gives a special meaning to the characters ; % * ? \$( @("
      exit 1
      ;;
  esac
  need_sdk
  if ! mkdir -p "$BUILD_DIR" 2>/dev/null; then
    explain_folder "$ROOT" "$BUILT_THERE" || complain "run.sh: cannot create '$BUILD_DIR'; $BUILT_THERE"
    exit 1
  fi
  if explain_folder "$BUILD_DIR" "$BUILT_THERE"; then
    exit 1
  fi
  # shellcheck source=scripts/lock.sh
  source "$ROOT/scripts/lock.sh"
  # MSBuild handles Ctrl-C itself and then exits normally; Ctrl-C must also end this script.
  trap 'exit 130' INT
  trap 'exit 143' TERM # otherwise SIGTERM has no effect on the first process of a container
  take_lock "$BUILD_DIR/lock"
  programs_are_current || build_programs
  release_lock
  trap - INT TERM
}

build_programs() {
  local name previous=''
  complain 'Building ThreadedChat (first start, or sources changed) ...'
  name=$(date +%Y%m%d-%H%M%S)-$$
  [[ ! -r $BUILD_DIR/current ]] || read -r previous <"$BUILD_DIR/current"

  PROGRAMS=$BUILD_DIR/programs/$name
  write_stamp "$PROGRAMS" "${PROGRAM_SOURCES[@]}"
  publish "$PROGRAMS"

  echo "$name" >"$BUILD_DIR/current.new"
  mv -f "$BUILD_DIR/current.new" "$BUILD_DIR/current"
  remove_old_builds "$name" "$previous"
}

# Compiles server and client of the up-to-date build ahead of time.
compile_programs() {
  unset THREADEDCHAT_PROGRAMS
  prepare_programs
  # shellcheck source=scripts/native.sh
  source "$ROOT/scripts/native.sh"
  # shellcheck source=scripts/lock.sh
  source "$ROOT/scripts/lock.sh"
  trap 'exit 130' INT
  trap 'exit 143' TERM
  take_lock "$BUILD_DIR/lock"
  compile_for_this_machine
  release_lock
  trap - INT TERM
}

# Publishes all programs into a folder. The user sees the output of MSBuild only after a failure.
publish() {
  local folder=$1 program log=$BUILD_DIR/build.log ready_to_run=true
  # shellcheck source=scripts/revision.sh
  source "$ROOT/scripts/revision.sh"
  find_revision
  rm -rf "$BUILD_DIR/work/publish"
  if ! msbuild_programs Restore true >"$log" 2>&1; then
    # The compiler for ReadyToRun is a separate package; without it, only the start is slower.
    ready_to_run=false
    msbuild_programs Restore false >"$log" 2>&1 || fail_with_log "$log"
    complain 'run.sh: cannot restore the ReadyToRun compiler; building without it, so programs start more slowly'
  fi
  msbuild_programs Publish "$ready_to_run" >"$log" 2>&1 || fail_with_log "$log"
  for program in "$BUILD_DIR"/work/publish/*; do
    mv "$program/release" "$folder/${program##*/}"
  done
}

# No build server stays running (nodeReuse, UseSharedCompilation), and the build does not read the input of
# a client (</dev/null).
msbuild_programs() {
  local target=$1 ready_to_run=$2
  DOTNET_NOLOGO=1 dotnet msbuild "$ROOT/scripts/programs.proj" \
    -target:"$target" -property:ReadyToRun="$ready_to_run" -property:Revision="$REVISION" \
    -property:UseSharedCompilation=false -nodeReuse:false \
    -maxCpuCount -nologo -verbosity:quiet </dev/null
}

fail_with_log() {
  rm -rf "$PROGRAMS"
  if ! explain_failure "$(cat "$1")"; then
    cat "$1" >&2 2>/dev/null || true
    complain 'run.sh: the build failed; the reason is above'
  fi
  exit 1
}

# Removes the builds that no process uses. It always keeps the build before this one: another terminal may
# have chosen it a moment ago without having started its program yet.
remove_old_builds() {
  local name=$1 previous=$2 build commands
  # The command line of a program contains the name of its build.
  commands=$(running_commands)
  for build in "$BUILD_DIR"/programs/*; do
    case ${build##*/} in
      "$name" | "$previous") continue ;;
    esac
    [[ $commands == *"/programs/${build##*/}/"* ]] || rm -rf "$build"
  done
}

# The command lines of all processes, from /proc because small Linux images have no `ps`.
running_commands() {
  if [[ -r /proc/self/cmdline ]]; then
    # A process may end between the listing and the read.
    cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' ' ' || true
  else
    ps -A -ww -o args=
  fi
}

# ---------------------------------------------------------------------------------------
# Required tools
# ---------------------------------------------------------------------------------------

need_dotnet() {
  command -v dotnet >/dev/null || {
    complain "run.sh: the .NET SDK 10 is required, and there is no dotnet on the PATH: $SDK_PAGE"
    exit 1
  }
}

# Asks dotnet, in the folder whose global.json names the accepted SDKs. This takes tens of milliseconds, so
# it happens only before a build.
need_sdk() {
  local answer
  need_dotnet
  answer=$(cd "$ROOT" && dotnet --version 2>&1) && return
  explain_failure "$answer" || complain "run.sh: dotnet does not work: $(first_line "$answer")"
  exit 1
}

# ---------------------------------------------------------------------------------------
# Explaining failures
# ---------------------------------------------------------------------------------------

# Prints in one line why the SDK failed; returns 1 if the reason is not known. Called only after a failure,
# because an SDK can work without some of these.
explain_failure() {
  local said=$1
  case $said in
    *'SDK was not found'* | *'No .NET SDKs were found'*)
      complain "run.sh: the .NET SDK 10 is required; installed: $(installed_sdks). $SDK_PAGE"
      return
      ;;
  esac
  explain_folder "${TMPDIR:-/tmp}" 'the build writes temporary files there (TMPDIR)' && return
  explain_folder "$ROOT" "$BUILT_THERE" && return
  if [[ -z ${DOTNET_CLI_HOME:-} && -z ${HOME:-} ]]; then
    complain 'run.sh: HOME is not set; the build writes packages there'
    return
  fi
  explain_folder "${DOTNET_CLI_HOME:-$HOME}" 'the build writes packages there (HOME)' && return
  case $said in
    *'No space left on device'* | *'not enough space on the disk'*)
      complain 'run.sh: a disk is full: the build reports "No space left on device"'
      ;;
    *NU1301* | *NU1100* | *NU1101* | *NU1102* | *'Unable to load the service index'*)
      complain 'run.sh: cannot restore the packages: no access to nuget.org; the output of NuGet is in .build/build.log'
      ;;
    *) return 1 ;;
  esac
}

# Prints why this script cannot write to a folder; returns 1 if it can.
explain_folder() {
  local folder=$1 purpose=$2 probe
  if [[ ! -d $folder ]]; then
    complain "run.sh: there is no folder '$folder'; $purpose"
  elif [[ ! -w $folder || ! -x $folder ]]; then
    complain "run.sh: cannot write to the folder '$folder'; $purpose"
  else
    probe=$folder/.run.sh-$$
    if { head -c 100000 /dev/zero >"$probe"; } 2>/dev/null; then
      rm -f "$probe"
      return 1
    fi
    rm -f "$probe"
    complain "run.sh: no space is left in the folder '$folder'; $purpose"
  fi
}

installed_sdks() {
  local sdks
  sdks=$(dotnet --list-sdks 2>/dev/null | sed 's/ .*//' | paste -s -d , - | sed 's/,/, /g')
  printf '%s' "${sdks:-none}"
}

first_line() {
  printf '%s' "${1%%$'\n'*}"
}
