namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>What test classes that start programs have in common: no test's own time goes into building them.</summary>
[TestClass]
[TestCategory(Category)]
public abstract class ProgramTests
{
    /// <summary>That of all these tests: a release runs them with its own programs (scripts/check-release.sh).</summary>
    public const string Category = "Programs";

    [ClassInitialize(InheritanceBehavior.BeforeEachDerivedClass)]
    public static void BuildPrograms(TestContext context) => RunScript.EnsureBuilt();
}
