# shellcheck shell=bash
#
# Compiles programs ahead of time, to one file each without .NET. Sourced by run.sh and release.sh, which have set ROOT.

# choose_compiler MACHINE: sets NATIVE, and for machines that programs are compiled for ahead of time LINKER and OBJCOPY.
choose_compiler() {
  NATIVE=false LINKER='' OBJCOPY=''
  case $1 in
    linux-x64 | linux-arm64) NATIVE=true ;;
    *) return 0 ;;
  esac
  local triple
  case $1 in
    linux-x64) triple=x86_64-linux-gnu ;;
    linux-arm64) triple=aarch64-linux-gnu ;;
  esac
  if [[ $(uname -sm) == "Linux ${triple%%-*}" ]]; then
    LINKER=gcc OBJCOPY=objcopy
  else
    LINKER=clang OBJCOPY=$triple-objcopy # for another processor .NET needs clang, with the libraries that belong to gcc for it
  fi
  if ! command -v "$LINKER" >/dev/null || ! command -v "$OBJCOPY" >/dev/null; then
    echo "run.sh: $1 needs $LINKER and $OBJCOPY (in Debian: gcc and libc6-dev; for another processor clang and gcc-${triple//_/-})" >&2
    exit 1
  fi
}

# publish_for SOURCES MACHINE FOLDER [PROPERTY...]: publishes the programs into FOLDER/publish/NAME/release_MACHINE.
publish_for() {
  local sources=$1 machine=$2 folder=$3 target
  shift 3
  choose_compiler "$machine"
  for target in Restore Publish; do
    DOTNET_NOLOGO=1 dotnet msbuild "$sources/scripts/release.proj" -target:"$target" -property:Machine="$machine" \
      -property:Native="$NATIVE" -property:Linker="$LINKER" -property:ObjCopy="$OBJCOPY" -property:Artifacts="$folder" \
      -property:Revision="$REVISION" "$@" -property:UseSharedCompilation=false -nodeReuse:false -maxCpuCount -nologo \
      -verbosity:quiet </dev/null || return
  done
}

# Compiles server and client for this machine, and puts them beside the programs in PROGRAMS, where run_program prefers them. Each
# change of a source leads to a new folder of programs, which has none.
compile_for_this_machine() {
  local machine program log=$BUILD_DIR/build.log
  case $(uname -sm) in
    'Linux x86_64') machine=linux-x64 ;;
    'Linux aarch64') machine=linux-arm64 ;;
    *)
      complain 'run.sh: only on Linux, x64 and arm64, programs can be compiled ahead of time'
      exit 1
      ;;
  esac
  choose_compiler "$machine"
  need_sdk
  complain 'Compiling server and client ahead of time; this takes about two minutes ...'
  # shellcheck source=scripts/revision.sh
  source "$ROOT/scripts/revision.sh"
  find_revision
  publish_for "$ROOT" "$machine" "$BUILD_DIR/native" -property:WithoutChecker=true >"$log" 2>&1 || {
    explain_failure "$(cat "$log")" || cat "$log" >&2
    complain 'run.sh: cannot compile ahead of time; the reason is above'
    exit 1
  }
  for program in ChatServer ChatClient; do
    cp "$BUILD_DIR/native/publish/$program/release_$machine/$program" "$PROGRAMS/$program/$program.new"
    mv -f "$PROGRAMS/$program/$program.new" "$PROGRAMS/$program/$program"
  done
}
