using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Suites.Basic;
using ThreadedChat.ChatCheck.Suites.Client;
using ThreadedChat.ChatCheck.Suites.Server;

namespace ThreadedChat.ChatCheck.CommandLine;

/// <summary><c>--only</c>.</summary>
internal static class CaseFilter
{
    /// <summary>The cases of <paramref name="groups"/> that are wanted; groups without any are left out.</summary>
    public static IReadOnlyList<CaseGroup<TStage>> Choose<TStage>(IEnumerable<CaseGroup<TStage>> groups, IReadOnlyList<string> only) =>
    [
        .. groups
            .Select(group => group with { Cases = [.. group.Cases.Where(one => only.Count == 0 || only.Any(word => Fits(one.Id, word)))] })
            .Where(group => group.Cases.Count > 0),
    ];

    /// <summary>A word of <c>--only</c> that fits no case; null where all fit.</summary>
    public static string? FindUnknown(CheckOptions options)
    {
        IEnumerable<string> ids = options.Subject switch
        {
            Subject.Server => Ids(ServerCases.Groups),
            Subject.Client => Ids(ClientCases.Groups),
            Subject.BasicServer => Ids(BasicServerCases.Groups),
            _ => Ids(BasicClientCases.Groups),
        };
        return options.Only.FirstOrDefault(word => !ids.Any(id => Fits(id, word)));
    }

    private static IEnumerable<string> Ids<TStage>(IEnumerable<CaseGroup<TStage>> groups) =>
        groups.SelectMany(group => group.Cases).Select(one => one.Id);

    private static bool Fits(string id, string word) => word.Length > 0 && id.StartsWith(word, StringComparison.OrdinalIgnoreCase);
}
