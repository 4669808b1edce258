#!/usr/bin/env bash
#
# Installs and removes the Debian package, in a copy of this machine's file system that nobody else sees and that is gone afterwards.
# Called by check-release.sh, as root, in a mount namespace of its own:
#   install-package.sh FILE
#   install-package.sh --is-possible    only tries whether there can be such a copy here

set -euo pipefail

main() {
  local package=$1 root=/mnt before after
  mount -t tmpfs tmpfs "$root"
  mkdir "$root/upper" "$root/work" "$root/all"
  mount -t overlay overlay -o "lowerdir=/,upperdir=$root/upper,workdir=$root/work" "$root/all"
  mount -t proc proc "$root/all/proc"
  mount --rbind /dev "$root/all/dev" # programs take random numbers from there
  root=$root/all
  [[ $package != --is-possible ]] || return 0
  cp "$package" "$root/tmp/threadedchat.deb"
  before=$(list_files "$root")

  chroot "$root" dpkg --install /tmp/threadedchat.deb
  chroot "$root" threadedchat-server --version
  chroot "$root" threadedchat-client --version
  chroot "$root" threadedchat-check server --only S-NAME -- threadedchat-server '{port}' # finds its way without the file system around
  # shellcheck disable=SC2016  # the shell inside expands them
  chroot "$root" sh -c 'threadedchat-server 0 --history /tmp/history.db 2>/tmp/log & wait_for=$!
    for i in $(seq 100); do grep -q Listening /tmp/log && break; sleep 0.1; done
    kill "$wait_for" && wait "$wait_for" && test -s /tmp/history.db && rm /tmp/history.db* /tmp/log'
  [[ -f $root/usr/lib/systemd/system/threadedchat.service ]]
  ! command -v systemd-analyze >/dev/null || chroot "$root" systemd-analyze verify threadedchat.service threadedchat.socket
  chroot "$root" dpkg --purge threadedchat

  after=$(list_files "$root")
  [[ $before == "$after" ]] || {
    echo 'The package leaves files behind, or takes some away:' >&2
    diff <(echo "$before") <(echo "$after") >&2 || true
    return 1
  }
  echo 'The package was installed, its programs ran, and it was removed without a trace.'
}

# What belongs to packages; dpkg's own books change.
list_files() { (cd "$1" && find usr etc opt \( -name mandb -o -name '*.cache' \) -prune -o -print | LC_ALL=C sort); }

main "$@"
