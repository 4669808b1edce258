# shellcheck shell=bash
#
# The standard streams and the terminal of the person who runs a script. Sourced by run.sh and by scripts that it runs.

# Opens each standard stream that is closed, the other way round: to use it still fails, but no file, pipe or socket that a
# program opens gets its number, and with it what is written there.
fill_closed_streams() {
  { true <&0; } 2>/dev/null || exec 0>/dev/null
  { true >&1; } 2>/dev/null || exec 1</dev/null
  { true >&2; } 2>/dev/null || exec 2</dev/null
}

# Prints a line on standard error. Where that is closed or full, the exit code that follows says enough.
complain() {
  { printf '%s\n' "$*" >&3; } 3>&2 2>/dev/null || true
}

# Runs a command of the .NET SDK. In a terminal that puts the keypad into application mode, and leaves it so.
run_sdk() {
  local status=0
  "$@" || status=$?
  restore_keypad
  return "$status"
}

restore_keypad() {
  case ${TERM:-dumb} in
    dumb) ;;
    *) [[ ! -t 1 ]] || printf '\033[?1l\033>' ;;
  esac
}
