using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>The test program without <c>dotnet test</c>, as scripts/test.sh starts the quick tests.</summary>
[TestClass]
public sealed class TestProgramTests
{
    [TestMethod]
    [DataRow("ClassName~.FrameBufferTests", 0, @"\n[1-9][0-9]* passed, 0 failed\n\z")]
    [DataRow("ClassName~.NoSuchTests", 8, @"\n0 passed, 0 failed\n\z", DisplayName = "A filter that matches no test")]
    public void The_last_line_has_the_counts_and_no_test_is_an_error(string filter, int exitCode, string end)
    {
        string settings = Path.Combine(Repository.Root, "ChatServer.Tests", "tests.runsettings");
        using var tests = new ChatProcess(
            "dotnet", Repository.Root, typeof(TestProgram).Assembly.Location, "--filter", filter, "--settings", settings);

        Assert.AreEqual(exitCode, tests.AwaitExit(Limit.Load), tests.Error.All);
        Assert.MatchesRegex(end, tests.Output.AwaitEnd());
    }
}
