# shellcheck shell=bash
#
# One lock between processes: take_lock PATH waits until the lock is free, release_lock frees it. The lock
# is also free when its holder has died in any way.
#
# With `flock` the kernel does this. Without it (macOS) the lock is a folder, because mkdir is atomic: it
# creates the folder or fails. The folder contains the id of its holder, and a waiting process takes it
# over from a holder that no longer runs.

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

# The lock belongs to file descriptor 9, which the compiler inherits. If this shell is killed, the next one
# still waits until that compiler has ended.
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
      complain "run.sh: the build lock is still held after ten minutes; if no build runs, remove $folder"
      exit 1
    fi
    sleep 0.2
  done
  echo $$ >"$folder/holder"
  LOCK_FOLDER=$folder
  trap release_lock EXIT
}

# Succeeds if the holder has died and this process is the one that takes over: only one process can create
# the folder `heir`. Then it checks the holder again, because another process may have taken the lock in
# between.
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

# A lock without an id was taken at this moment; its holder is alive.
holder_is_dead() {
  local holder=''
  { read -r holder <"$1/holder"; } 2>/dev/null || return 1
  ! kill -0 "$holder" 2>/dev/null
}

say_waiting() {
  complain 'Waiting for the build in another terminal ...'
}
