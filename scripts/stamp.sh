# shellcheck shell=bash
#
# Tells whether a build is up to date. Sourced by programs.sh and test.sh, which have set ROOT.
#
# The stamp of a build is a folder with two files:
#   began       empty; its time is the beginning of the build
#   sources     the source files of the build
#
# Each function takes the folder of the stamp, and then the files and folders of the sources, relative to ROOT.

# Call this before the build: then a source that changes during the build is newer than `began`.
write_stamp() {
  local stamp=$1
  shift
  mkdir -p "$stamp"
  rm -f "$stamp/sources"
  : >"$stamp/began"
  list_sources '' "$@" >"$stamp/sources"
}

# Takes one `find`: this is most of the time before a program starts.
is_up_to_date() {
  local stamp=$1 sources
  shift
  [[ -r $stamp/sources ]] || return 1
  # The list has each source once, and a second time if it changed after the build began. So one
  # comparison finds changed, added, removed and renamed sources. A change is a newer ctime: unlike the
  # modification time, it also changes when an older file replaces a newer one.
  sources=$(list_sources "$stamp/began" "$@")
  [[ $sources == "$(<"$stamp/sources")" ]]
}

# Prints the source files in a stable order; those that are newer than the file BEGAN a second time.
# Hidden files and backups of editors are not sources.
list_sources() {
  local began=$1
  shift
  (
    cd "$ROOT" || exit
    shopt -s nullglob
    find "$@" ./*.props ./*.targets global.json \
      \( -name bin -o -name obj -o -name '.?*' -o -name '*~' -o -name '#*' \) -prune \
      -o -type f -print ${began:+-cnewer "$began" -print}
  )
}
