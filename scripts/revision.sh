# shellcheck shell=bash
#
# Tells from which sources a build is made. Sourced by programs.sh and release.sh, which have set ROOT.

# Sets REVISION to the commit of the sources, with `.modified` behind it if they differ from it; empty without git, or where the
# folder is not a clone of its own. Only builds call this.
find_revision() {
  REVISION=''
  [[ -e $ROOT/.git ]] && command -v git >/dev/null || return 0
  REVISION=$(git -C "$ROOT" rev-parse --short=12 HEAD 2>/dev/null) || return 0
  git -C "$ROOT" diff --quiet HEAD -- 2>/dev/null || REVISION+=.modified
}

# Sets VERSION to the version in Directory.Build.props.
# shellcheck disable=SC2034  # for those that source this file
find_version() {
  local line
  VERSION=''
  while read -r line; do
    case $line in
      '<Version>'*)
        line=${line#'<Version>'}
        VERSION=${line%'</Version>'*}
        ;;
    esac
  done <"$ROOT/Directory.Build.props"
}
