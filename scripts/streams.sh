# shellcheck shell=bash
#
# The standard streams and the user's terminal. Sourced by run.sh and by the scripts that it runs.

# Opens each closed standard stream in the wrong direction. So its use still fails, but a file, pipe or socket that a
# program opens cannot get its number, and with it the output of that stream.
fill_closed_streams() {
  { true <&0; } 2>/dev/null || exec 0>/dev/null
  { true >&1; } 2>/dev/null || exec 1</dev/null
  { true >&2; } 2>/dev/null || exec 2</dev/null
}

# Prints a line on standard error. If that is closed or full, only the exit code remains.
complain() {
  { printf '%s\n' "$*" >&3; } 3>&2 2>/dev/null || true
}

# Runs a command of the .NET SDK. In a terminal, the SDK switches the keypad to application mode and does not switch it back.
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
