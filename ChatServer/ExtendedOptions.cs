using System.CommandLine;
using ThreadedChat.ChatServer.History;

namespace ThreadedChat.ChatServer;

/// <summary>The options of the extended mode and of the history (docs/extended.md).</summary>
internal static class ExtendedOptions
{
    private static readonly Option<bool> Extended = new("--extended")
    {
        Description = "Accept more commands (/help lists them); two clients cannot have the same name",
        Arity = ArgumentArity.Zero,
    };

    private static readonly Option<string?> HistoryFile = new("--history")
    {
        Description = "Store the messages of the channels in FILE, a database; with --extended clients can read them",
        HelpName = "FILE",
    };

    private static readonly Option<int?> HistoryDays = Number("--history-days", "Remove messages older than N days", 36_500);

    private static readonly Option<int?> HistoryMessages = Number(
        "--history-messages", "Keep N messages for each channel", 1_000_000_000);

    private static readonly Option<long?> HistorySize = SizeOption.CreateOptional(
        "--history-size", "Remove the oldest messages of all channels when the file uses more than SIZE", 64 * 1024);

    private static readonly Option[] All = [Extended, HistoryFile, HistoryDays, HistoryMessages, HistorySize];

    public static OptionGroup Group { get; } = new(All, Apply, Check);

    private static ServerOptions Apply(ServerOptions options, ParseResult result) => options with
    {
        Extended = result.GetValue(Extended),
        History = result.GetValue(HistoryFile) is string file
            ? new HistorySettings(file, result.GetValue(HistoryDays), result.GetValue(HistoryMessages), result.GetValue(HistorySize))
            : null,
    };

    private static string? Check(ServerOptions options, ParseResult result) =>
        result.GetValue(HistoryFile) is not null ? null
        : result.GetValue(HistoryDays) is not null ? "--history-days needs --history."
        : result.GetValue(HistoryMessages) is not null ? "--history-messages needs --history."
        : result.GetValue(HistorySize) is not null ? "--history-size needs --history."
        : null;

    private static Option<int?> Number(string name, string description, int max) => new(name)
    {
        Description = $"{description} (1 to {max}; default: no limit)",
        HelpName = "N",
        CustomParser = result => (int)OptionForms.InRange(result, name, 1, max),
    };
}
