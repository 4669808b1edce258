# shellcheck shell=bash
#
# The build of the tests. Sourced by run.sh and test.sh, which have set ROOT and whose folder is ROOT.
# After a build without options, .build/tests is its stamp (stamp.sh). So the quick tests start without MSBuild, which
# takes ten seconds to find that nothing has changed.

# shellcheck source=scripts/stamp.sh
source "$ROOT/scripts/stamp.sh"

TESTS=ChatServer.Tests/bin/Release/net10.0/ChatServer.Tests.dll
TESTS_STAMP=$ROOT/.build/tests
TEST_SOURCES=(Common ChatServer ChatClient ChatCheck ChatGrade ChatRelease ChatServer.Benchmarks ChatServer.Tests ThreadedChat.sln)

tests_are_current() {
  [[ -r $TESTS ]] && is_up_to_date "$TESTS_STAMP" "${TEST_SOURCES[@]}"
}

# Builds all projects, with warnings as errors.
build_solution() {
  write_stamp "$TESTS_STAMP.new" "${TEST_SOURCES[@]}" || return
  run_sdk dotnet build ThreadedChat.sln --configuration Release -warnaserror || return
  rm -rf "$TESTS_STAMP"
  mv "$TESTS_STAMP.new" "$TESTS_STAMP"
}
