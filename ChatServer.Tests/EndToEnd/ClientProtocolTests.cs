using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Suites.Client;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>The protocol, as the checker has it: each case for clients, on our client at a terminal of its own.</summary>
[TestClass]
public sealed class ClientProtocolTests : ProgramTests
{
    private static IEnumerable<string> Cases => Protocol.Ids(ClientCases.Groups);

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Our_client_passes(string id) => Protocol.MustPass(
        ClientCases.Groups,
        id,
        Protocol.Once,
        new ClientFixtureFactory(
            Protocol.Program("client", CommandTemplate.Name, CommandTemplate.Host, CommandTemplate.Port), Protocol.Once));
}
