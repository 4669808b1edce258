using ThreadedChat.ChatCheck.Suites.Server;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>
/// The protocol, as the checker has it: each case for servers, those of docs/protocol.md too, on a server of its own in this process.
/// </summary>
[TestClass]
public sealed class ServerProtocolTests
{
    private static IEnumerable<string> Cases => Protocol.Ids(ServerCases.Groups);

    // Whether this server has read something is not looked up in the system's list of sockets: that costs more than all the rest.
    private static readonly Timeouts Limits = Protocol.Once with { Delivery = TimeSpan.Zero, BeforeQuestion = TimeSpan.Zero };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Our_server_passes(string id) => Protocol.MustPass(
        ServerCases.Groups, id, Limits, new ServerFixtureFactory(new InProcessHost(), new ChannelNames(""), Limits));
}
