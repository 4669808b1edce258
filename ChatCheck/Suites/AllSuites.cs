using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Suites.Basic;
using ThreadedChat.ChatCheck.Suites.Client;
using ThreadedChat.ChatCheck.Suites.Server;

namespace ThreadedChat.ChatCheck.Suites;

/// <summary>The suites of the checker. A new one is one entry here.</summary>
internal static class AllSuites
{
    public static readonly Suite Server = OfServers(ServerCases.Groups, OfServers(ExtendedCases.Groups, extended: null));

    public static readonly Suite Client = new FixtureSuite<ClientFixture>(
        "client",
        new("A chat client: -- COMMAND with {name}, {host} and {port}", "Um cliente de chat: -- COMANDO com {name}, {host} e {port}"),
        [CommandTemplate.Port, CommandTemplate.Name],
        ClientCases.Groups,
        (target, timeouts) => new ClientFixtureFactory(target.NeededSource, timeouts) { AllowsTwo = target.AllowsTwo });

    public static readonly Suite BasicServer = new FixtureSuite<BasicServerFixture>(
        "basic-server",
        new("The server of part 0: -- COMMAND with {port}", "O servidor da parte 0: -- COMANDO com {port}"),
        [CommandTemplate.Port],
        BasicServerCases.Groups,
        (target, timeouts) => new BasicServerFixtureFactory(new StartedServer(target.NeededSource, timeouts), timeouts));

    public static readonly Suite BasicClient = new FixtureSuite<ClientFixture>(
        "basic-client",
        new("The client of part 0: -- COMMAND with {host} and {port}", "O cliente da parte 0: -- COMANDO com {host} e {port}"),
        [CommandTemplate.Port],
        BasicClientCases.Groups,
        (target, timeouts) => new ClientFixtureFactory(target.NeededSource, timeouts));

    /// <summary>In the order of the help text.</summary>
    public static readonly IReadOnlyList<Suite> List = [Server, Client, BasicServer, BasicClient];

    private static FixtureSuite<ServerFixture> OfServers(IReadOnlyList<CaseGroup<ServerFixture>> groups, Suite? extended) => new(
        "server",
        new(
            "A chat server: HOST PORT of one that runs, or -- COMMAND with {port}",
            "Um servidor de chat: HOST PORT de um que já está rodando, ou -- COMANDO com {port}"),
        [CommandTemplate.Port],
        groups,
        (target, timeouts) => new ServerFixtureFactory(target.OpenServer(timeouts), ChannelNames.For(target), timeouts) { AllowsTwo = target.AllowsTwo })
    {
        AcceptsRunningProgram = true,
        Extended = extended,
    };
}
