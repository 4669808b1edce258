using System.Globalization;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Suites.Server;
using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>The cases of the checker on servers in this process with the extended mode and a history.</summary>
[TestClass]
public sealed class ExtendedProtocolTests
{
    private static readonly Timeouts Limits = Protocol.Once with { Delivery = TimeSpan.Zero, BeforeQuestion = TimeSpan.Zero };

    private static IEnumerable<string> Cases => Protocol.Ids([ExtendedCases.Group]);

    // In a normal test run those about order and delivery, in full size all.
    private static IEnumerable<string> OtherGroups =>
        Soak.IsOn ? ServerCases.Groups.Select(group => group.Id) : [MessageCases.Group.Id, JoinCases.Group.Id, DisconnectCases.Group.Id];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Our_server_passes(string id) => Pass(id);

    /// <summary>What the assignment asks of a server is the same in the extended mode.</summary>
    [TestMethod]
    [TestCategory(Soak.Category)]
    [DynamicData(nameof(OtherGroups))]
    public void Our_server_passes_the_other_cases_too(string group)
    {
        foreach (Case<ServerFixture> one in ServerCases.Groups.Single(one => one.Id == group).Cases)
        {
            Pass(one.Id);
        }
    }

    private static void Pass(string id)
    {
        using var folder = new HistoryFolder();
        int files = 0; // each server has a file of its own
        ServerOptions Options() => new()
        {
            Extended = true,
            History = new HistorySettings($"{folder.File}{(files++).ToString(CultureInfo.InvariantCulture)}"),
        };
        Protocol.MustPass(ExtendedCases.Groups, id, Limits, new ServerFixtureFactory(new InProcessHost(Options), new ChannelNames(""), Limits));
    }
}
