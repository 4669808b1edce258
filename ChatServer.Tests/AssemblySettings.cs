// Tests share no state, so they may all run at once; the few that cannot say so with [DoNotParallelize].
// The time limit of each test stands in tests.runsettings.
[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]
