using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Suites.Server;
using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>The protocol, as the checker has it, on servers that form one chat: to a client they are one server.</summary>
[TestClass]
public sealed class ClusterProtocolTests
{
    private static readonly Timeouts Limits = Protocol.Once with { Delivery = TimeSpan.Zero, BeforeQuestion = TimeSpan.Zero };

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void All_cases_pass_with_the_clients_spread_over(int servers)
    {
        using var cluster = new TestCluster(servers);
        using var fixtures = new ServerFixtureFactory(new ClusterHost(cluster), new ChannelNames("-cluster"), Limits);

        CaseResult[] results = [.. CaseRunner.Run(ServerCases.Groups, fixtures, Limits)];

        Assert.IsGreaterThan(50, results.Count(result => result.Outcome == CaseOutcome.Passed));
        Assert.AreEqual("", string.Join("\n\n", results.Where(result => result.Outcome is not (CaseOutcome.Passed or CaseOutcome.Skipped)).Select(Protocol.Describe)));
    }
}
