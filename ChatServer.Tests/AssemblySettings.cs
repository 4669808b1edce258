using System.Runtime.Versioning;

// Tests share no state, so they may all run at once; the few that cannot say so with [DoNotParallelize].
// The time limit of each test stands in tests.runsettings.
[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]

// The tests use bash, signals and /proc. A test that needs more says so where it runs (Support/Needs.cs).
[assembly: SupportedOSPlatform("linux")]
