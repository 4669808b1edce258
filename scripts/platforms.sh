#!/usr/bin/env bash
#
# Builds the programs for other platforms than this one, each into .build/PLATFORM:
#   bash scripts/platforms.sh linux-arm64 osx-arm64 win-x64
# Those for Windows bring .NET with them: the tests run them with Wine, in which none is installed.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

build() {
  local platform=$1 target self_contained=false
  [[ $platform != win-* ]] || self_contained=true
  for target in Restore Publish; do
    DOTNET_NOLOGO=1 dotnet msbuild scripts/programs.proj -target:"$target" \
      -property:OtherPlatform="$platform" -property:SelfContained="$self_contained" \
      -property:Artifacts="$platform" -property:ArtifactsPivots=release -property:ReadyToRun=false \
      -property:UseSharedCompilation=false -nodeReuse:false -maxCpuCount -nologo -verbosity:quiet </dev/null
  done
}

[[ $# -gt 0 ]] || {
  echo 'usage: bash scripts/platforms.sh PLATFORM...' >&2
  exit 2
}
for platform in "$@"; do
  build "$platform"
done
