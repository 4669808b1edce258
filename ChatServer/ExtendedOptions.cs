using System.CommandLine;
using ThreadedChat.ChatServer.History;

namespace ThreadedChat.ChatServer;

/// <summary>The options of the extended mode and of the history (docs/extended.md).</summary>
internal static class ExtendedOptions
{
    private static readonly Option<bool> Extended = new("--extended")
    {
        Description = "Know more commands (/help lists them); each name can be had once",
        Arity = ArgumentArity.Zero,
    };

    private static readonly Option<string?> HistoryFile = new("--history")
    {
        Description = "Keep what is said in the channels in FILE, a database; with --extended clients can ask for it",
        HelpName = "FILE",
    };

    private static readonly Option<int?> HistoryDays = Number("--history-days", "Remove what is older than so many days", 36_500);

    private static readonly Option<int?> HistoryMessages = Number(
        "--history-messages", "Keep so many messages for each channel", 1_000_000_000);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Option> All { get; } = [Extended, HistoryFile, HistoryDays, HistoryMessages];

    /// <summary><paramref name="options"/> with what was given of these.</summary>
    public static ServerOptions Apply(ServerOptions options, ParseResult result) => options with
    {
        Extended = result.GetValue(Extended),
        History = result.GetValue(HistoryFile) is string file
            ? new HistorySettings(file, result.GetValue(HistoryDays), result.GetValue(HistoryMessages))
            : null,
    };

    /// <summary>The rules between two options: null where they are kept.</summary>
    public static string? Check(ParseResult result) =>
        result.GetValue(HistoryFile) is not null ? null
        : result.GetValue(HistoryDays) is not null ? "--history-days needs --history."
        : result.GetValue(HistoryMessages) is not null ? "--history-messages needs --history."
        : null;

    private static Option<int?> Number(string name, string description, int max) => new(name)
    {
        Description = $"{description} (1 to {max}; otherwise all stays)",
        HelpName = "N",
        CustomParser = result => (int)OptionForms.InRange(result, name, 1, max),
    };
}
