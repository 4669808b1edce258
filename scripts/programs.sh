# shellcheck shell=bash
#
# Keeps the built programs up to date. Sourced by run.sh, which has set ROOT.
#
#   .build/current                name of the build to use
#   .build/programs/NAME/         one build; never changed once `current` names it
#     ChatServer/ ChatClient/     the published programs, and ChatCheck/, ChatGrade/
#     sources                     the source files it was made of
#     began                       empty; its time is when the build began
#   .build/work/                  MSBuild's own files, apart from those of `dotnet build`
#   .build/lock                   held while building
#   .build/build.log              what the last build had to say
#
# A build is made in a folder of its own and put to use by replacing one small file, so a
# server that runs from an older build keeps all its files, also those not loaded yet.

BUILD_DIR=$ROOT/.build
BUILT_THERE='the programs are built there'
SDK_PAGE=https://dotnet.microsoft.com/download

# Sets PROGRAMS to the folder of an up-to-date build, making one if there is none.
# This is on the way of every start: it may run nothing slower than one `find`.
prepare_programs() {
  need_dotnet
  if [[ -d ${THREADEDCHAT_PROGRAMS:-} ]]; then
    PROGRAMS=$THREADEDCHAT_PROGRAMS
  else
    programs_are_current || build_programs_once
  fi
}

# Prepares the programs for scripts that start them many times through run.sh, with time limits:
# none of those starts may find that a source was edited meanwhile, and build.
prepare_programs_for_all_below() {
  prepare_programs
  export THREADEDCHAT_PROGRAMS=$PROGRAMS
}

programs_are_current() {
  local name sources
  [[ -r $BUILD_DIR/current ]] && read -r name <"$BUILD_DIR/current" || return 1
  PROGRAMS=$BUILD_DIR/programs/$name
  [[ -r $PROGRAMS/sources ]] || return 1
  # Each source is listed once, and a second time if it changed after the build began. So this
  # one comparison finds sources changed, added, removed and renamed. "Changed" is by ctime:
  # unlike the modification time it also moves when an older file is put in place of a newer.
  sources=$(list_sources -cnewer "$PROGRAMS/began" -print)
  [[ $sources == "$(<"$PROGRAMS/sources")" ]]
}

# Prints the files that the programs are made of, in no particular but a stable order. Further
# arguments are added to the `find`. Hidden files and editors' backups are no sources.
list_sources() {
  (
    cd "$ROOT" || exit
    shopt -s nullglob
    find Common ChatServer ChatClient ChatCheck ChatGrade ./*.props ./*.targets global.json scripts/programs.* \
      \( -name bin -o -name obj -o -name '.?*' -o -name '*~' -o -name '#*' \) -prune \
      -o -type f -print "$@"
  )
}

# ---------------------------------------------------------------------------------------
# Building: only from here on may it take time
# ---------------------------------------------------------------------------------------

# Builds, unless another terminal has just done it while this one waited for its turn.
build_programs_once() {
  case $ROOT in
    *[';%*?']* | *"\$("* | *'@('*)
      complain "run.sh: cannot build in '$ROOT': to MSBuild one of its characters ; % * ? \$( @( means something else"
      exit 1
      ;;
  esac
  need_sdk
  if ! mkdir -p "$BUILD_DIR" 2>/dev/null; then
    explain_folder "$ROOT" "$BUILT_THERE" || complain "run.sh: '$BUILD_DIR' cannot be made; $BUILT_THERE"
    exit 1
  fi
  if explain_folder "$BUILD_DIR" "$BUILT_THERE"; then
    exit 1
  fi
  # shellcheck source=scripts/lock.sh
  source "$ROOT/scripts/lock.sh"
  # MSBuild takes Ctrl-C for itself and then ends like any program: it must end this script too.
  trap 'exit 130' INT
  trap 'exit 143' TERM # else it would do nothing where this is the first process of a container
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
  mkdir -p "$PROGRAMS"
  # In this order: a source changed while the build runs is newer than `began`, so the next
  # start builds again.
  : >"$PROGRAMS/began"
  list_sources >"$PROGRAMS/sources"
  publish "$PROGRAMS"

  echo "$name" >"$BUILD_DIR/current.new"
  mv -f "$BUILD_DIR/current.new" "$BUILD_DIR/current"
  remove_old_builds "$name" "$previous"
}

# Publishes all programs into a folder. What MSBuild says is kept from the person who only
# wanted to start a chat, unless it failed.
publish() {
  local folder=$1 program log=$BUILD_DIR/build.log ready_to_run=true
  rm -rf "$BUILD_DIR/work/publish"
  if ! msbuild_programs Restore true >"$log" 2>&1; then
    # The compiler for ReadyToRun is a package of its own: without it only the start is slower.
    ready_to_run=false
    msbuild_programs Restore false >"$log" 2>&1 || fail_with_log "$log"
    complain 'run.sh: the ReadyToRun compiler cannot be restored; building without it, programs start slower'
  fi
  msbuild_programs Publish "$ready_to_run" >"$log" 2>&1 || fail_with_log "$log"
  for program in "$BUILD_DIR"/work/publish/*; do
    mv "$program/release" "$folder/${program##*/}"
  done
}

# No build server is left running (nodeReuse, UseSharedCompilation), and what is piped into a
# client is not eaten (</dev/null).
msbuild_programs() {
  local target=$1 ready_to_run=$2
  DOTNET_NOLOGO=1 dotnet msbuild "$ROOT/scripts/programs.proj" \
    -target:"$target" -property:ReadyToRun="$ready_to_run" \
    -property:UseSharedCompilation=false -nodeReuse:false \
    -maxCpuCount -nologo -verbosity:quiet </dev/null
}

fail_with_log() {
  rm -rf "$PROGRAMS"
  if ! explain_failure "$(cat "$1")"; then
    cat "$1" >&2 2>/dev/null || true
    complain 'run.sh: the build failed, see above'
  fi
  exit 1
}

# Removes the builds that nobody can be using. The one before this is kept in any case: a
# terminal may have chosen it a moment ago and not started its program yet.
remove_old_builds() {
  local name=$1 previous=$2 build commands
  # A program's command line names the build it runs from.
  commands=$(running_commands)
  for build in "$BUILD_DIR"/programs/*; do
    case ${build##*/} in
      "$name" | "$previous") continue ;;
    esac
    [[ $commands == *"/programs/${build##*/}/"* ]] || rm -rf "$build"
  done
}

# The command lines of all processes: from /proc, because small Linux images have no `ps`.
running_commands() {
  if [[ -r /proc/self/cmdline ]]; then
    # A process may end between being listed and being read.
    cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' ' ' || true
  else
    ps -A -ww -o args=
  fi
}

# ---------------------------------------------------------------------------------------
# What must be installed
# ---------------------------------------------------------------------------------------

need_dotnet() {
  command -v dotnet >/dev/null || {
    complain "run.sh: needs the .NET SDK 10, and there is no dotnet on the PATH: $SDK_PAGE"
    exit 1
  }
}

# Asks dotnet itself, in the folder whose global.json says which SDKs will do. That takes tens
# of milliseconds, so it is only asked before a build.
need_sdk() {
  local answer
  need_dotnet
  answer=$(cd "$ROOT" && dotnet --version 2>&1) && return
  explain_failure "$answer" || complain "run.sh: dotnet does not work: $(first_line "$answer")"
  exit 1
}

# ---------------------------------------------------------------------------------------
# Why it failed
# ---------------------------------------------------------------------------------------

# Says in one line why the SDK could not do its work; fails if that is not to be seen. Only asked
# after a failure: an SDK that has all it needs may well do without one of these.
explain_failure() {
  local said=$1
  case $said in
    *'SDK was not found'* | *'No .NET SDKs were found'*)
      complain "run.sh: needs the .NET SDK 10; installed: $(installed_sdks). $SDK_PAGE"
      return
      ;;
  esac
  explain_folder "${TMPDIR:-/tmp}" 'the build keeps temporary files there (TMPDIR)' && return
  explain_folder "$ROOT" "$BUILT_THERE" && return
  if [[ -z ${DOTNET_CLI_HOME:-} && -z ${HOME:-} ]]; then
    complain 'run.sh: HOME is not set; the build keeps packages there'
    return
  fi
  explain_folder "${DOTNET_CLI_HOME:-$HOME}" 'the build keeps packages there (HOME)' && return
  case $said in
    *'No space left on device'* | *'not enough space on the disk'*)
      complain 'run.sh: a disk is full: the build says "No space left on device"'
      ;;
    *NU1301* | *NU1100* | *NU1101* | *NU1102* | *'Unable to load the service index'*)
      complain 'run.sh: the packages cannot be restored: no access to nuget.org; what NuGet says is in .build/build.log'
      ;;
    *) return 1 ;;
  esac
}

# Says what is wrong with a folder that must be written to; fails if nothing is.
explain_folder() {
  local folder=$1 purpose=$2 probe
  if [[ ! -d $folder ]]; then
    complain "run.sh: there is no folder '$folder'; $purpose"
  elif [[ ! -w $folder || ! -x $folder ]]; then
    complain "run.sh: the folder '$folder' cannot be written to; $purpose"
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
