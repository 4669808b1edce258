namespace ThreadedChat.ChatCheck.Suites;

/// <summary>
/// Which cases always fail if another one fails, because they use what the other one checks. Such a failure tells nothing about
/// the rule of the case itself.
/// </summary>
internal static class CaseNeeds
{
    /// <summary>The cases about the length of messages: with any other length nearly every case fails.</summary>
    private static readonly string[] OfLength = ["S-FRAME-01", "C-SEND-03"];

    // Each needs earlier cases. A need may have needs of its own: the first that failed is reported.
    private static readonly Dictionary<string, string[]> Needs = new(StringComparer.Ordinal)
    {
        // Without a member of a channel that receives another one's messages.
        ["S-MSG-01"] = ["S-NAME-01"],
        ["S-MSG-07"] = ["S-NAME-01", "S-MSG-01"],
        ["S-MSG-08"] = ["S-NAME-01", "S-MSG-01"],
        ["S-MSG-09"] = ["S-NAME-01", "S-MSG-01"],
        ["S-MSG-10"] = ["S-NAME-01", "S-MSG-01"],
        ["S-MSG-12"] = ["S-NAME-01", "S-MSG-01"],
        ["S-MSG-13"] = ["S-NAME-01", "S-MSG-01"],
        ["S-MSG-14"] = ["S-NAME-01", "S-MSG-01"],
        ["S-MSG-15"] = ["S-NAME-01", "S-MSG-01"],
        ["S-MSG-16"] = ["S-NAME-01", "S-MSG-01"],
        ["S-CREATE-07"] = ["S-NAME-01", "S-MSG-01"],
        ["S-JOIN-06"] = ["S-NAME-01", "S-MSG-01"],
        ["S-JOIN-09"] = ["S-NAME-01", "S-MSG-01"],
        ["S-CTRL-02"] = ["S-NAME-01", "S-MSG-01"],
        ["S-FRAME-02"] = ["S-NAME-01", "S-MSG-01"],
        ["S-FRAME-05"] = ["S-NAME-01", "S-MSG-01"],
        ["S-FRAME-09"] = ["S-NAME-01", "S-MSG-01"],
        ["S-NET-01"] = ["S-NAME-01", "S-MSG-01"],
        ["S-NET-07"] = ["S-NAME-01", "S-MSG-01"],
        ["S-NET-08"] = ["S-NAME-01", "S-MSG-01"],
        ["S-NET-09"] = ["S-NAME-01", "S-MSG-01", "S-NET-08"],
        ["S-LEFT-04"] = ["S-NAME-01", "S-MSG-01", "S-LEFT-01"],
        ["S-LEFT-06"] = ["S-NAME-01", "S-MSG-01"],
        ["S-LEFT-08"] = ["S-NAME-01", "S-MSG-01"],

        // Without the notices about members that join and leave.
        ["S-LEFT-03"] = ["S-LEFT-01"],
        ["S-LEFT-05"] = ["S-LEFT-01"],

        // Without messages that are put together again.
        ["S-FRAME-03"] = ["S-FRAME-02"],
        ["S-FRAME-04"] = ["S-FRAME-02"],
        ["S-FRAME-06"] = ["S-FRAME-05"],
        ["S-FRAME-07"] = ["S-FRAME-02", "S-FRAME-05"],
        ["S-FRAME-08"] = ["S-FRAME-02"],
        ["S-FRAME-10"] = ["S-FRAME-02"],
        ["S-FRAME-11"] = ["S-FRAME-05"],

        // Without a server that serves many clients, or one that outlives a client that resets its connection.
        ["S-NET-02"] = ["S-NAME-01", "S-MSG-01", "S-NET-01"],
        ["S-NET-03"] = ["S-NAME-01", "S-MSG-01", "S-NET-01", "S-NET-02"],
        ["S-NET-04"] = ["S-NAME-01", "S-MSG-01", "S-LEFT-04"],
        ["S-NET-05"] = ["S-NAME-01", "S-MSG-01", "S-LEFT-04"],
        ["S-NET-06"] = ["S-NAME-01", "S-MSG-01"],
        ["S-NET-10"] = ["S-NAME-01", "S-MSG-01", "S-LEFT-01"],

        // Without a client that sends typed lines.
        ["C-SEND-04"] = ["C-SEND-02"],
        ["C-SEND-05"] = ["C-SEND-02"],
        ["C-SEND-06"] = ["C-SEND-02"],
        ["C-SEND-07"] = ["C-SEND-02"],
        ["C-SEND-08"] = ["C-SEND-02"],
        ["C-SEND-09"] = ["C-SEND-02"],
        ["C-SEND-10"] = ["C-SEND-02"],
        ["C-SEND-11"] = ["C-SEND-02"],
        ["C-SEND-12"] = ["C-SEND-02"],
        ["C-SHOW-07"] = ["C-SEND-02", "C-SHOW-04"],

        // Without a client that shows a message on a line of its own.
        ["C-SHOW-05"] = ["C-SHOW-04"],
        ["C-SHOW-06"] = ["C-SHOW-04"],
        ["C-SHOW-08"] = ["C-SHOW-04"],
        ["C-SHOW-09"] = ["C-SHOW-04", "C-SHOW-08"],
        ["C-SHOW-10"] = ["C-SHOW-04"],
        ["C-SHOW-11"] = ["C-SHOW-04", "C-SHOW-08"],
        ["C-SHOW-12"] = ["C-SHOW-04"],
        ["C-SHOW-13"] = ["C-SHOW-04"],
        ["C-SHOW-17"] = ["C-SHOW-04"],
        ["C-END-05"] = ["C-END-01"],
        ["C-END-07"] = ["C-SHOW-04"],
        ["C-END-08"] = ["C-END-01"],
        ["C-END-09"] = ["C-END-01"],
        ["C-END-10"] = ["C-END-03"],

        // Part 0: without a server that prints, or a client that sends.
        ["BS-02"] = ["BS-01"],
        ["BS-03"] = ["BS-01"],
        ["BS-04"] = ["BS-01"],
        ["BS-05"] = ["BS-01"],
        ["BS-06"] = ["BS-01"],
        ["BS-07"] = ["BS-01"],
        ["BC-03"] = ["BC-01"],
        ["BC-04"] = ["BC-01"],
    };

    /// <summary>All cases that are named here.</summary>
    public static IEnumerable<string> Named => Needs.Keys.Concat(Needs.Values.SelectMany(ids => ids)).Concat(OfLength).Distinct();

    /// <summary>The needs of a case.</summary>
    public static IReadOnlyList<string> Of(string id) => Needs.GetValueOrDefault(id, []);

    /// <summary>The first of the needs of a case that has failed; null if none has.</summary>
    public static string? OfCase(string id, Func<string, bool> hasFailed) => Of(id).FirstOrDefault(hasFailed);

    /// <summary>The results, with what follows from another one marked.</summary>
    public static IReadOnlyList<CaseResult> Mark(IReadOnlyList<CaseResult> results)
    {
        HashSet<string> failed = [.. results.Where(result => result.Outcome == CaseOutcome.Failed).Select(result => result.Id)];
        return [.. results.Select(result => result with { FollowsFrom = Root(result, failed) })];
    }

    private static string? Root(CaseResult result, HashSet<string> failed)
    {
        if (result.Outcome != CaseOutcome.Failed || result.FollowsFrom is not null)
        {
            return result.FollowsFrom;
        }

        return result.Finding is { IsOfLength: true } && !OfLength.Contains(result.Id) && OfLength.FirstOrDefault(failed.Contains) is string length
            ? length
            : OfCase(result.Id, failed.Contains);
    }
}
