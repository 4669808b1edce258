using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Suites.Basic;
using ThreadedChat.ChatCheck.Suites.Client;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>Part 0, as the checker has it: each case for its two programs, on ours.</summary>
[TestClass]
public sealed class BasicProtocolTests : ProgramTests
{
    private static IEnumerable<string> ServerCases => Protocol.Ids(BasicServerCases.Groups);

    private static IEnumerable<string> ClientCases => Protocol.Ids(BasicClientCases.Groups);

    [TestMethod]
    [DynamicData(nameof(ServerCases))]
    public void Our_basic_server_passes(string id) => Protocol.MustPass(
        BasicServerCases.Groups,
        id,
        Protocol.Once,
        new BasicServerFixtureFactory(
            new StartedServer(Protocol.Program("basic-server", CommandTemplate.Port), Protocol.Once), Protocol.Once));

    [TestMethod]
    [DynamicData(nameof(ClientCases))]
    public void Our_basic_client_passes(string id) => Protocol.MustPass(
        BasicClientCases.Groups,
        id,
        Protocol.Once,
        new ClientFixtureFactory(
            Protocol.Program("basic-client", CommandTemplate.Host, CommandTemplate.Port), Protocol.Once));
}
