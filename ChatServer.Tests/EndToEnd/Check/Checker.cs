using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Suites.Basic;
using ThreadedChat.ChatCheck.Suites.Client;
using ThreadedChat.ChatCheck.Suites.Server;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>Runs the checker in this process.</summary>
internal static class Checker
{
    /// <summary>Cases with thousands of messages or dozens of clients: left out where something else is meant.</summary>
    private static readonly string[] Heavy = ["S-FRAME-11", "S-NET-06", "S-NET-07", "S-NET-10"];

    /// <summary>Long: what is right does not wait for it.</summary>
    private static readonly Timeouts Patient = new() { Reply = TimeSpan.FromSeconds(20), Doubt = TimeSpan.Zero };

    /// <summary>Short: what is wrong often waits for it, some times for each case that finds it. What passes is played once.</summary>
    private static readonly Timeouts Impatient = new() { Reply = TimeSpan.FromSeconds(1.5), Doubt = TimeSpan.Zero };

    /// <summary>What fails is played once as well: a double does the same each time.</summary>
    private static readonly Timeouts Once = Impatient with { Reply = TimeSpan.FromSeconds(1), Again = TimeSpan.Zero };

    /// <summary>As a user has it, but for cases that pass: they are played once.</summary>
    private static readonly Timeouts Usual = new() { Doubt = TimeSpan.Zero };

    public static List<CaseResult> Server(IProgramSource source) => Server(source, Patient, ThatCount(ServerCases.Groups));

    /// <summary>The required cases, with the timeouts that a user has.</summary>
    public static List<CaseResult> Required(IProgramSource source) =>
        Server(source, Usual, ServerCases.Groups.Select(group => group with { Cases = [.. group.Cases.Where(one => one.Level == Level.Required)] }));

    /// <summary>These cases, in this order.</summary>
    public static List<CaseResult> Server(IProgramSource source, Timeouts timeouts, IEnumerable<CaseGroup<ServerFixture>> groups)
    {
        using var fixtures = new ServerFixtureFactory(new StartedServer(source, timeouts), new ChannelNames(""), timeouts);
        return [.. CaseRunner.Run(groups, fixtures, timeouts)];
    }

    /// <summary>All cases that count, but for those that take long.</summary>
    public static IReadOnlyList<CaseGroup<ServerFixture>> Light() =>
    [
        .. ThatCount(ServerCases.Groups).Select(group => group with { Cases = [.. group.Cases.Where(one => !Heavy.Contains(one.Id))] }),
    ];

    /// <summary>The groups that are told, and of what takes long only the case that is meant.</summary>
    /// <param name="source">The server.</param>
    /// <param name="meant">The case that is meant for its fault.</param>
    /// <param name="onlyItsGroup">Whether no other group is played.</param>
    /// <param name="again">Whether what fails is played again.</param>
    public static List<CaseResult> FaultyServer(IProgramSource source, string meant, bool onlyItsGroup, bool again)
    {
        IEnumerable<CaseGroup<ServerFixture>> groups = ThatCount(ServerCases.Groups)
            .Where(group => !onlyItsGroup || group.Cases.Any(one => one.Id == meant))
            .Select(group => group with { Cases = [.. group.Cases.Where(one => one.Id == meant || !Heavy.Contains(one.Id))] });
        return Server(source, OfWrong(again), groups);
    }

    public static List<CaseResult> RightClient(IProgramSource source) => Client(source, Patient);

    public static List<CaseResult> FaultyClient(IProgramSource source, bool again) => Client(source, OfWrong(again));

    /// <summary>Plays these cases of a client.</summary>
    public static List<CaseResult> ClientCases(IProgramSource source, params string[] ids)
    {
        using var fixtures = new ClientFixtureFactory(source, Usual);
        IEnumerable<CaseGroup<ClientFixture>> groups = ChatCheck.Suites.Client.ClientCases.Groups
            .Select(group => group with { Cases = [.. group.Cases.Where(one => ids.Contains(one.Id))] });
        return [.. CaseRunner.Run(groups, fixtures, Usual)];
    }

    public static List<CaseResult> RightBasicServer(IProgramSource source) => BasicServer(source, Patient);

    public static List<CaseResult> FaultyBasicServer(IProgramSource source, bool again) => BasicServer(source, OfWrong(again));

    public static List<CaseResult> RightBasicClient(IProgramSource source) => BasicClient(source, Patient);

    public static List<CaseResult> FaultyBasicClient(IProgramSource source, bool again) => BasicClient(source, OfWrong(again));

    /// <summary>The cases that count and did not pass, or not always.</summary>
    public static string[] Failed(IEnumerable<CaseResult> results) =>
        [.. results.Where(result => result.Outcome is CaseOutcome.Failed or CaseOutcome.NotAlways).Select(result => result.Id)];

    /// <summary>The doubles keep to the assignment and leave open what it leaves open.</summary>
    private static IEnumerable<CaseGroup<TFixture>> ThatCount<TFixture>(IEnumerable<CaseGroup<TFixture>> groups) =>
        groups.Select(group => group with { Cases = [.. group.Cases.Where(one => one.Level != Level.Ours)] });

    private static Timeouts OfWrong(bool again) => again ? Impatient : Once;

    private static List<CaseResult> Client(IProgramSource source, Timeouts timeouts)
    {
        using var fixtures = new ClientFixtureFactory(source, timeouts);
        return [.. CaseRunner.Run(ThatCount(ChatCheck.Suites.Client.ClientCases.Groups), fixtures, timeouts)];
    }

    private static List<CaseResult> BasicServer(IProgramSource source, Timeouts timeouts)
    {
        using var fixtures = new BasicServerFixtureFactory(new StartedServer(source, timeouts), timeouts);
        return [.. CaseRunner.Run(ThatCount(BasicServerCases.Groups), fixtures, timeouts)];
    }

    private static List<CaseResult> BasicClient(IProgramSource source, Timeouts timeouts)
    {
        using var fixtures = new ClientFixtureFactory(source, timeouts);
        return [.. CaseRunner.Run(ThatCount(BasicClientCases.Groups), fixtures, timeouts)];
    }
}
