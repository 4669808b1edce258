using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Suites.Basic;
using ThreadedChat.ChatCheck.Suites.Client;
using ThreadedChat.ChatCheck.Suites.Server;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatServer.Tests.Check;

/// <summary>Runs the checker in this process.</summary>
internal static class Checker
{
    /// <summary>Cases with thousands of messages or dozens of clients: left out where something else is meant.</summary>
    private static readonly string[] Heavy = ["S-FRAME-11", "S-NET-06", "S-NET-07", "S-NET-10"];

    /// <summary>Long: what is right does not wait for it.</summary>
    private static readonly Patience Patient = new() { Reply = TimeSpan.FromSeconds(20), Doubt = TimeSpan.Zero };

    /// <summary>Short: what is wrong often waits for it, some times for each case that finds it. What passes is played once.</summary>
    private static readonly Patience Impatient = new() { Reply = TimeSpan.FromSeconds(1.5), Doubt = TimeSpan.Zero };

    /// <summary>As a user has it, but for cases that pass: they are played once.</summary>
    private static readonly Patience Usual = new() { Doubt = TimeSpan.Zero };

    public static List<CaseResult> Server(IProgramSource source) => Server(source, Patient, ThatCount(ServerCases.Groups));

    /// <summary>The required cases, with the patience that a user has.</summary>
    public static List<CaseResult> Required(IProgramSource source) =>
        Server(source, Usual, ServerCases.Groups.Select(group => group with { Cases = [.. group.Cases.Where(one => one.Level == Level.Required)] }));

    /// <summary>These cases, in this order.</summary>
    public static List<CaseResult> Server(IProgramSource source, Patience patience, IEnumerable<CaseGroup<ServerStage>> groups)
    {
        using var stages = new ServerStages(new StartedServer(source, patience), new ChannelNames(""), patience);
        return [.. CaseRunner.Run(groups, stages, patience)];
    }

    /// <summary>All cases that count, but for those that take long.</summary>
    public static IReadOnlyList<CaseGroup<ServerStage>> Light() =>
    [
        .. ThatCount(ServerCases.Groups).Select(group => group with { Cases = [.. group.Cases.Where(one => !Heavy.Contains(one.Id))] }),
    ];

    /// <param name="source">The server.</param>
    /// <param name="meant">The case that is meant for its fault.</param>
    /// <param name="onlyItsGroup">Where next to nothing works, one group tells enough; all would take minutes of waiting.</param>
    public static List<CaseResult> FaultyServer(IProgramSource source, string meant, bool onlyItsGroup)
    {
        IEnumerable<CaseGroup<ServerStage>> groups = ThatCount(ServerCases.Groups)
            .Where(group => !onlyItsGroup || group.Cases.Any(one => one.Id == meant))
            .Select(group => group with { Cases = [.. group.Cases.Where(one => one.Id == meant || !Heavy.Contains(one.Id))] });
        return Server(source, Impatient, groups);
    }

    public static List<CaseResult> Client(IProgramSource source, bool isRight)
    {
        using var stages = new ClientStages(source, Of(isRight));
        return [.. CaseRunner.Run(ThatCount(ChatCheck.Suites.Client.ClientCases.Groups), stages, Of(isRight))];
    }

    /// <summary>Plays these cases of a client.</summary>
    public static List<CaseResult> ClientCases(IProgramSource source, params string[] ids)
    {
        using var stages = new ClientStages(source, Usual);
        IEnumerable<CaseGroup<ClientStage>> groups = ChatCheck.Suites.Client.ClientCases.Groups
            .Select(group => group with { Cases = [.. group.Cases.Where(one => ids.Contains(one.Id))] });
        return [.. CaseRunner.Run(groups, stages, Usual)];
    }

    public static List<CaseResult> BasicServer(IProgramSource source, bool isRight)
    {
        using var stages = new BasicServerStages(new StartedServer(source, Of(isRight)), Of(isRight));
        return [.. CaseRunner.Run(ThatCount(BasicServerCases.Groups), stages, Of(isRight))];
    }

    public static List<CaseResult> BasicClient(IProgramSource source, bool isRight)
    {
        using var stages = new ClientStages(source, Of(isRight));
        return [.. CaseRunner.Run(ThatCount(BasicClientCases.Groups), stages, Of(isRight))];
    }

    /// <summary>The cases that count and did not pass, or not always.</summary>
    public static string[] Failed(IEnumerable<CaseResult> results) =>
        [.. results.Where(result => result.Outcome is Outcome.Failed or Outcome.NotAlways).Select(result => result.Id)];

    /// <summary>The doubles keep to the assignment and leave open what it leaves open.</summary>
    private static IEnumerable<CaseGroup<TStage>> ThatCount<TStage>(IEnumerable<CaseGroup<TStage>> groups) =>
        groups.Select(group => group with { Cases = [.. group.Cases.Where(one => one.Level != Level.Ours)] });

    private static Patience Of(bool isRight) => isRight ? Patient : Impatient;
}
