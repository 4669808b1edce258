#!/usr/bin/env bash
#
# Makes what is handed out: an archive for each kind of machine, a Debian package, and their checksums (docs/release.md).

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=scripts/revision.sh
source "$ROOT/scripts/revision.sh"
# shellcheck source=scripts/native.sh
source "$ROOT/scripts/native.sh"
# shellcheck source=scripts/deb.sh
source "$ROOT/scripts/deb.sh"

MACHINES=(linux-x64 linux-arm64 linux-musl-x64 win-x64 osx-x64 osx-arm64)
PROGRAMS=(server:ChatServer client:ChatClient check:ChatCheck)

show_help() {
  cat <<'HELP'
Usage: ./run.sh release [options] [MACHINE...]

Makes an archive for each kind of machine, with the server, the client and the checker, manual pages, completions, licences and a
list of dependencies; for linux-x64 and linux-arm64 also a Debian package; and the checksums of all.

  MACHINE        linux-x64 linux-arm64 linux-musl-x64 win-x64 osx-x64 osx-arm64; all of them if none is given
  --output DIR   where they go [default: .build/release]
  --twice        make each a second time in another folder, and compare the bytes
HELP
}

main() {
  local output=$ROOT/.build/release twice='' machines=() machine
  while [[ $# -gt 0 ]]; do
    case $1 in
      -h | --help)
        show_help
        return
        ;;
      --twice) twice=yes ;;
      --output)
        [[ -n ${2:-} ]] || reject '--output needs a folder'
        output=$2
        shift
        ;;
      --output=?*) output=${1#*=} ;;
      -*) reject "there is no option '$1'" ;;
      *)
        [[ " ${MACHINES[*]} " == *" $1 "* ]] || reject "there is no machine '$1'; there are: ${MACHINES[*]}"
        machines+=("$1")
        ;;
    esac
    shift
  done
  [[ ${#machines[@]} -gt 0 ]] || machines=("${MACHINES[@]}")
  for machine in "${machines[@]}"; do
    choose_compiler "$machine"
  done

  find_version
  find_revision
  TIME=${SOURCE_DATE_EPOCH:-$(git -C "$ROOT" log -1 --format=%ct 2>/dev/null || echo 1767225600)} # without git a fixed day
  WORK=$(mktemp -d)
  trap 'rm -rf "$WORK"' EXIT
  make_release "$ROOT" "$output" "${machines[@]}"
  [[ -z $twice ]] || compare_with_second "$output" "${machines[@]}"
}

# Makes the same from a copy of the sources in another folder.
compare_with_second() {
  local output=$1 copy="$WORK/another folder"
  shift
  mkdir -p "$copy"
  (cd "$ROOT" && find . \( -name bin -o -name obj -o -name .build -o -name .git -o -name TestResults \) -prune -o -type f -print0 | tar -c --null -T -) | tar -x -C "$copy"
  make_release "$copy" "$WORK/second" "$@"
  diff "$output/SHA256SUMS" "$WORK/second/SHA256SUMS" || {
    echo 'run.sh: two builds of the same sources differ. What differs in the archives:' >&2
    name_differences "$output" "$WORK/second" >&2
    return 1
  }
  echo 'The second build has the same bytes.'
}

# name_differences FOLDER OTHER: the files in the archives of the two that differ.
name_differences() {
  local name folder
  for name in "$1"/*.tar.gz "$1"/*.zip; do
    [[ -e $name ]] || continue
    ! cmp -s "$name" "$2/${name##*/}" || continue
    for folder in "$1" "$2"; do
      mkdir -p "$WORK/unpacked/$(basename "$folder")"
      case $name in
        *.zip) unzip -q "$folder/${name##*/}" -d "$WORK/unpacked/$(basename "$folder")" ;;
        *) tar -x -z -C "$WORK/unpacked/$(basename "$folder")" -f "$folder/${name##*/}" ;;
      esac
    done
  done
  (cd "$WORK/unpacked" && diff -r -q "$(basename "$1")" "$(basename "$2")") || true
}

# make_release SOURCES OUTPUT MACHINE...
make_release() {
  local sources=$1 output=$2 machine
  shift 2
  mkdir -p "$output"
  output=$(cd "$output" && pwd)
  rm -f "$output"/threadedchat* "$output/SHA256SUMS"
  STAGE=$(mktemp -d "$WORK/stage.XXXXXX")
  prepare_common "$sources"
  for machine; do
    echo "Making $machine ..."
    publish_for "$sources" "$machine" "$STAGE/$machine" >"$STAGE/build.log" 2>&1 || fail "$STAGE/build.log"
    pack "$sources" "$machine" "$output"
  done
  (cd "$output" && sha256sum -- threadedchat* >SHA256SUMS)
}

# Everything that is the same for all machines: manual, completions, list of dependencies, documents.
prepare_common() {
  local sources=$1 common=$STAGE/common runtime
  mkdir -p "$common/licences"
  build "$sources/ChatRelease/ChatRelease.csproj" -restore -property:ArtifactsPath="$STAGE/tool"
  TOOL=$STAGE/tool/bin/ChatRelease/release/ChatRelease.dll
  dotnet "$TOOL" manual "$common" "$VERSION" "$TIME" "$sources/docs"

  cp "$sources"/ChatRelease/Handout/*.md "$sources/CHANGELOG.md" "$sources/SECURITY.md" "$sources/LICENSE" "$common/"
  cp -R "$sources/docs" "$common/docs"
  cp "$sources"/ChatRelease/Licences/* "$common/licences/"
  cp "$sources/Common/Unicode/LICENSE-UNICODE.txt" "$common/licences/unicode.txt"
  cp "$(dotnet_folder)/LICENSE.txt" "$common/licences/dotnet.txt"
  cp "$(dotnet_folder)/ThirdPartyNotices.txt" "$common/licences/dotnet-third-parties.txt"

  runtime=$(dotnet msbuild "$sources/ChatServer/ChatServer.csproj" -getProperty:BundledNETCoreAppPackageVersion)
  (cd "$sources" && dotnet tool restore >"$STAGE/tool.log" 2>&1) || fail "$STAGE/tool.log"
  (cd "$sources" && dotnet tool run dotnet-CycloneDX ChatRelease/ChatRelease.csproj --disable-package-restore \
    --base-intermediate-output-path "$STAGE/tool" --output "$STAGE" --filename threadedchat.cdx.json --output-format Json) >"$STAGE/tool.log" 2>&1 || fail "$STAGE/tool.log"
  dotnet "$TOOL" dependencies "$STAGE/threadedchat.cdx.json" "$TIME" "$runtime" "$VERSION${REVISION:++$REVISION}"
  cp "$STAGE/threadedchat.cdx.json" "$common/"
}

pack() {
  local sources=$1 machine=$2 output=$3 name=threadedchat-$VERSION-$2 folder pair suffix='' kind=tar.gz
  folder=$STAGE/packed/$name
  mkdir -p "$folder"
  [[ $machine != win-* ]] || suffix=.exe kind=zip
  for pair in "${PROGRAMS[@]}"; do
    cp "$STAGE/$machine/publish/${pair#*:}/release_$machine/${pair#*:}$suffix" "$folder/threadedchat-${pair%%:*}$suffix"
  done
  # SQLite, which --history loads: see docs/decisions/0022-one-file-to-hand-out.md.
  find "$STAGE/$machine/publish/ChatServer" -name '*e_sqlite3*' -exec cp {} "$folder/" \;
  chmod 644 "$folder"/*e_sqlite3*
  [[ -z $OBJCOPY ]] || "$OBJCOPY" --strip-unneeded "$folder/libe_sqlite3.so"
  cp -R "$STAGE/common/." "$folder/"
  [[ $machine != linux-* ]] || cp -R "$sources/deploy" "$folder/deploy"
  dotnet "$TOOL" pack "$folder" "$output/$name.$kind" "$TIME"
  case $machine in
    linux-x64) make_debian_package "$sources" "$folder" "$output" amd64 ;;
    linux-arm64) make_debian_package "$sources" "$folder" "$output" arm64 ;;
  esac
}

# build PROJECT ARGUMENT...: quiet unless it fails; strict; leaves no build server behind.
build() {
  DOTNET_NOLOGO=1 dotnet msbuild "$@" -property:Configuration=Release -property:UseSharedCompilation=false -nodeReuse:false \
    -maxCpuCount -nologo -verbosity:quiet </dev/null >"$STAGE/build.log" 2>&1 || fail "$STAGE/build.log"
}

dotnet_folder() { dirname "$(readlink -f "$(command -v dotnet)")"; }

fail() {
  cat "$1" >&2
  echo 'run.sh: cannot make the release; the reason is above' >&2
  exit 1
}

reject() {
  echo "run.sh: release: $1 (./run.sh release --help shows all options)" >&2
  exit 2
}

main "$@"
