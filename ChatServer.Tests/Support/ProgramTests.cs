namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>What test classes that start programs have in common: no test's own time goes into building them.</summary>
[TestClass]
public abstract class ProgramTests
{
    [ClassInitialize(InheritanceBehavior.BeforeEachDerivedClass)]
    public static void BuildPrograms(TestContext context) => RunScript.EnsureBuilt();
}
