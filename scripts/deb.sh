# shellcheck shell=bash
#
# Makes the Debian package. Sourced by release.sh.

# The variables are those of Debian's own tools.
MAINTAINER="${DEBFULLNAME:-The ThreadedChat authors} <${DEBEMAIL:-threadedchat@noreply.invalid}>"

# make_debian_package SOURCES FOLDER OUTPUT ARCHITECTURE: FOLDER is what the archive of the same programs has in it.
make_debian_package() {
  local sources=$1 folder=$2 output=$3 architecture=$4 root=$STAGE/deb-$4 program date
  command -v dpkg-deb >/dev/null || {
    echo 'run.sh: no dpkg-deb here, so no Debian package' >&2
    return 0
  }
  local library=$root/usr/lib/threadedchat documents=$root/usr/share/doc/threadedchat
  mkdir -p "$root/DEBIAN" "$library" "$documents" "$root/usr/bin" "$root/usr/lib/systemd/system" "$root/usr/share/man/man1" \
    "$root/usr/share/bash-completion/completions" "$root/usr/share/zsh/vendor-completions" "$root/usr/share/fish/vendor_completions.d"
  for program in server client check; do
    cp "$folder/threadedchat-$program" "$library/"
    ln -s "../lib/threadedchat/threadedchat-$program" "$root/usr/bin/threadedchat-$program"
    gzip -9n <"$folder/man/man1/threadedchat-$program.1" >"$root/usr/share/man/man1/threadedchat-$program.1.gz"
    cp "$folder/completions/bash/threadedchat-$program" "$root/usr/share/bash-completion/completions/"
    cp "$folder/completions/zsh/_threadedchat-$program" "$root/usr/share/zsh/vendor-completions/"
    cp "$folder/completions/fish/threadedchat-$program.fish" "$root/usr/share/fish/vendor_completions.d/"
  done
  cp "$folder/libe_sqlite3.so" "$library/"
  # Programs compiled ahead of time make no code while they run, so the unit can forbid it.
  sed -e 's|^Documentation=.*|Documentation=man:threadedchat-server(1)|' \
    -e 's|^ExecStart=.*|ExecStart=/usr/bin/threadedchat-server 55555|' \
    -e '/^Environment=DOTNET_/d' -e '/^# A copy of the programs/s/.*/# Options of the server go at the end./' \
    -e '/^# MemoryDenyWriteExecute is not set/d' -e 's/with three exceptions:/with two exceptions:/' \
    -e 's/^LockPersonality=yes/&\nMemoryDenyWriteExecute=yes/' \
    "$sources/deploy/threadedchat.service" >"$root/usr/lib/systemd/system/threadedchat.service"
  cp "$sources/deploy/threadedchat.socket" "$root/usr/lib/systemd/system/"
  mkdir "$documents/examples"
  cp "$sources"/deploy/{prometheus.yml,alerts.yml,alerts.test.yml,grafana.json} "$documents/examples/"

  # .NET links its own zlib into programs that are compiled ahead of time; Debian's cannot take its place.
  mkdir -p "$root/usr/share/lintian/overrides"
  echo 'threadedchat: embedded-library zlib [usr/lib/threadedchat/threadedchat-server]' >"$root/usr/share/lintian/overrides/threadedchat"

  date=$(LC_ALL=C date -u -R -d "@$TIME")
  printf 'threadedchat (%s) unstable; urgency=medium\n\n  * See CHANGELOG.md.\n\n -- %s  %s\n' "$VERSION" "$MAINTAINER" "$date" |
    gzip -9n >"$documents/changelog.gz"
  gzip -9n <"$folder/CHANGELOG.md" >"$documents/CHANGELOG.md.gz"
  cp "$folder/README.md" "$folder/README.pt-BR.md" "$folder/SECURITY.md" "$folder/threadedchat.cdx.json" "$documents/"
  write_copyright "$folder" >"$documents/copyright"
  cat >"$root/DEBIAN/control" <<CONTROL
Package: threadedchat
Version: $VERSION
Architecture: $architecture
Maintainer: $MAINTAINER
Installed-Size: $(du -sk "$root" | cut -f 1)
Depends: libc6 (>= $(needed_libc "$library"))
Recommends: libssl3 | libssl3t64
Section: net
Priority: optional
Description: chat server and terminal client with a thread for each client
 People type in terminals and talk in channels, over TCP, in messages of
 exactly 200 bytes: the chat assignment of UC Berkeley's course CS168.
 .
 The package has the server, which can run as a systemd service, the client,
 and a checker for any other implementation of the assignment.
CONTROL
  write_scripts "$root/DEBIAN"
  (cd "$root" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
  chmod -R u=rwX,go=rX "$root"
  chmod 644 "$library/libe_sqlite3.so"
  find "$root" -exec touch -h -d "@$TIME" {} +
  SOURCE_DATE_EPOCH=$TIME dpkg-deb --root-owner-group -Zxz --build "$root" "$output/threadedchat_${VERSION}_$architecture.deb" >/dev/null
}

# The newest version of glibc whose functions the programs use.
needed_libc() {
  LC_ALL=C grep -aho 'GLIBC_2\.[0-9]*' "$1"/* | sed 's/GLIBC_//' | sort -uV | tail -n 1
}

# The installation does not start the service: a person who installs only the client wants no open port. The removal stops it.
write_scripts() {
  cat >"$1/postinst" <<'SCRIPT'
#!/bin/sh
set -e
if [ "$1" = configure ] && [ -d /run/systemd/system ]; then
  systemctl --system daemon-reload >/dev/null || true
  if [ -n "$2" ]; then
    deb-systemd-invoke try-restart threadedchat.service >/dev/null || true
  fi
fi
SCRIPT
  cat >"$1/prerm" <<'SCRIPT'
#!/bin/sh
set -e
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
  deb-systemd-invoke stop threadedchat.socket threadedchat.service >/dev/null || true
fi
SCRIPT
  cat >"$1/postrm" <<'SCRIPT'
#!/bin/sh
set -e
if [ "$1" = purge ] && command -v deb-systemd-helper >/dev/null; then
  deb-systemd-helper purge threadedchat.socket threadedchat.service >/dev/null || true
fi
if [ -d /run/systemd/system ]; then
  systemctl --system daemon-reload >/dev/null || true
fi
SCRIPT
  chmod 755 "$1/postinst" "$1/prerm" "$1/postrm"
}

write_copyright() {
  cat <<'COPYRIGHT'
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: ThreadedChat

Files: *
Copyright: The ThreadedChat authors
License: Expat

Files: usr/lib/threadedchat/libe_sqlite3.so
Copyright: none, the authors of SQLite have dedicated it to the public domain
License: public-domain
 The authors disclaim copyright to this source code.

License: Expat
COPYRIGHT
  sed -e '1,/^Permission/{/^Permission/!d}' -e 's/^$/./' -e 's/^/ /' "$1/LICENSE"
  printf '\nComment: the programs contain .NET and the packages of threadedchat.cdx.json. Their licences:\n .\n'
  printf ' The Apache License 2.0 is in /usr/share/common-licenses/Apache-2.0.\n .\n'
  find "$1/licences" -type f ! -name 'apache-*' | LC_ALL=C sort | xargs cat |
    tr -d '\r' | sed -e 's/[[:space:]]*$//' -e 's/^$/./' -e 's/^/ /'
}
