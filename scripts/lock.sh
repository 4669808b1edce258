# shellcheck shell=bash
#
# One lock between processes: take_lock PATH waits until it is free, release_lock frees it. It is
# also free again once its holder has died, however that happened.
#
# With `flock` the kernel sees to that. Without it (macOS) the lock is a folder, because making
# a folder either succeeds or finds it there, with nothing in between; it names its holder,
# and a waiter inherits it from a holder that no longer runs.

LOCK_FOLDER=''

take_lock() {
  if command -v flock >/dev/null; then
    take_lock_of_kernel "$1"
  else
    take_lock_folder "$1.d"
  fi
}

release_lock() {
  if [[ -n $LOCK_FOLDER ]]; then
    rm -rf "$LOCK_FOLDER"
    LOCK_FOLDER=''
    trap - EXIT
  else
    exec 9>&-
  fi
}

# The lock belongs to file descriptor 9, which a compiler started under it inherits: if this shell
# is killed, the next one still waits until that compiler has ended.
take_lock_of_kernel() {
  exec 9>"$1"
  flock -n 9 || {
    say_waiting
    flock 9
  }
}

take_lock_folder() {
  local folder=$1 tries=0
  until mkdir "$folder" 2>/dev/null || inherit_lock_folder "$folder"; do
    [[ $tries -ne 0 ]] || say_waiting
    tries=$((tries + 1))
    if [[ $tries -gt 3000 ]]; then
      complain "run.sh: still locked after ten minutes; if no build runs, remove $folder"
      exit 1
    fi
    sleep 0.2
  done
  echo $$ >"$folder/holder"
  LOCK_FOLDER=$folder
  trap release_lock EXIT
}

# Succeeds if the holder has died and this process is the one waiter that follows it: only one can
# make the folder `heir`. It looks at the holder again once it has, because the lock may have
# changed hands in between.
inherit_lock_folder() {
  local folder=$1
  holder_is_dead "$folder" && mkdir "$folder/heir" 2>/dev/null || return 1
  if holder_is_dead "$folder"; then
    echo $$ >"$folder/holder"
    rmdir "$folder/heir"
    return 0
  fi
  rmdir "$folder/heir"
  return 1
}

# A lock without a name on it is one being taken at this moment: its holder lives.
holder_is_dead() {
  local holder=''
  { read -r holder <"$1/holder"; } 2>/dev/null || return 1
  ! kill -0 "$holder" 2>/dev/null
}

say_waiting() {
  complain 'Waiting for the build in another terminal ...'
}
