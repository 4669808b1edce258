using ThreadedChat.ChatCheck.Cases;
using ThreadedChat.ChatCheck.Cases.Basic;
using ThreadedChat.ChatCheck.Cases.Client;
using ThreadedChat.ChatCheck.Cases.Server;
using ThreadedChat.ChatCheck.Running;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatServer.Tests.Check;

/// <summary>Runs the checker in this process.</summary>
internal static class Checker
{
    /// <summary>Long: what is right does not wait for it.</summary>
    private static readonly Patience Patient = new() { Reply = TimeSpan.FromSeconds(20) };

    /// <summary>Short: what is wrong often waits for it, once for each case that finds it.</summary>
    private static readonly Patience Impatient = new() { Reply = TimeSpan.FromSeconds(1.5) };

    public static List<CaseResult> Server(IProgramSource source, bool isRight)
    {
        using var stages = new ServerStages(new StartedServer(source, Of(isRight)), new ChannelNames(""), Of(isRight));
        return [.. CaseRunner.Run(ThatCount(ServerCases.Groups), stages, Of(isRight))];
    }

    public static List<CaseResult> Client(IProgramSource source, bool isRight)
    {
        using var stages = new ClientStages(source, Of(isRight));
        return [.. CaseRunner.Run(ThatCount(ClientCases.Groups), stages, Of(isRight))];
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

    /// <summary>The cases that count and did not pass.</summary>
    public static string[] Failed(IEnumerable<CaseResult> results) =>
        [.. results.Where(result => result.Outcome == Outcome.Failed).Select(result => result.Id)];

    /// <summary>The fault must have been found by the case that is meant for it, and by few others.</summary>
    public static void MustFind(string meant, int others, IEnumerable<CaseResult> results)
    {
        string[] failed = Failed(results);
        string all = string.Join(' ', failed);
        Assert.Contains(meant, failed, $"{meant} should have found it. Failed: {all}");
        Assert.IsLessThanOrEqualTo(others, failed.Length - 1, $"So many others should not have failed: {all}");
    }

    /// <summary>The doubles keep to the assignment and leave open what it leaves open.</summary>
    private static IEnumerable<CaseGroup<TStage>> ThatCount<TStage>(IEnumerable<CaseGroup<TStage>> groups) =>
        groups.Select(group => group with { Cases = [.. group.Cases.Where(one => one.Level != Level.Ours)] });

    private static Patience Of(bool isRight) => isRight ? Patient : Impatient;
}
