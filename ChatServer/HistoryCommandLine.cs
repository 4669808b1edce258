using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using ThreadedChat.ChatServer.History;
using ThreadedChat.Common.Arguments;
using static ThreadedChat.ChatServer.ServerExitCode;

namespace ThreadedChat.ChatServer;

/// <summary>The command line of <c>./run.sh history</c>: prints what is in the file of a history.</summary>
internal static class HistoryCommandLine
{
    /// <summary>The first argument by which the program is asked for this.</summary>
    public const string Switch = "--print-history";

    private static readonly string[] TimeFormats =
        ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    private static readonly Argument<string> File = new("FILE") { Description = "The file that a server keeps with --history" };

    private static readonly Option<string?> Channel = Text("--channel", "Only messages of this channel", "NAME");

    private static readonly Option<string?> Since = Text(
        "--since", "Only messages at this time or later: 2026-11-25 or '2026-11-25 12:04', local time", "T");

    private static readonly Option<string?> Until = Text("--until", "Only messages before this time", "T");

    private static readonly Option<string?> Grep = Text("--grep", "Only messages with this text, in capitals or not", "TEXT");

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print a JSON object for each message, with the time in UTC",
        Arity = ArgumentArity.Zero,
    };

    /// <summary>Prints. Returns the exit code: 1 if the file cannot be read, 2 for wrong arguments.</summary>
    public static int Run(string[] args, Stream output, TimeZoneInfo zone)
    {
        Command command = ToCommand();
        command.Options.Add(new HelpOption("--help", "-h") { Action = new HelpAction { MaxWidth = 100 } });
        command.SetAction(result => Print(result, output, zone));
        ILookup<bool, string> names = command.Options
            .SelectMany(option => option.Aliases.Prepend(option.Name), (option, name) => (Name: name, IsFlag: option.Arity.MaximumNumberOfValues == 0))
            .ToLookup(option => option.IsFlag, option => option.Name);
        var forms = new ArgumentForms([.. names[true]], [.. names[false]]);
        ParseResult parsed = command.Parse(
            [command.Name, .. args], new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        string? wrong = forms.FindWrong(args) ?? (parsed.Errors is [var first, ..] ? first.Message : null);
        return wrong is null ? parsed.Invoke() : Reject(wrong);
    }

    /// <summary>What may be given, for the parser and the manual.</summary>
    internal static Command ToCommand() => new("history", "Prints the messages that a server with --history has stored, also while it runs.")
    {
        File, Channel, Since, Until, Grep, Json,
    };

    private static int Print(ParseResult result, Stream output, TimeZoneInfo zone)
    {
        if (!TryReadTime(result.GetValue(Since), zone, long.MinValue, out long since)
            || !TryReadTime(result.GetValue(Until), zone, long.MaxValue, out long until))
        {
            return Reject("A time must be a day, such as 2026-11-25, or a time of a day, such as '2026-11-25 12:04'.");
        }

        try
        {
            new HistoryPrinter(result.GetValue(Channel), since, until, result.GetValue(Grep), result.GetValue(Json), zone)
                .Print(result.GetRequiredValue(File), output);
            return 0;
        }
        catch (HistoryException e)
        {
            Console.Error.WriteLine(e.Message);
            return Failure;
        }
        catch (IOException e)
        {
            Console.Error.WriteLine($"Cannot print the history: {ArgumentForms.OneLine(e.Message)}");
            return Failure;
        }
    }

    private static bool TryReadTime(string? text, TimeZoneInfo zone, long otherwise, out long milliseconds)
    {
        milliseconds = otherwise;
        if (text is null)
        {
            return true;
        }

        if (!DateTime.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
        {
            return false;
        }

        milliseconds = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUnixTimeMilliseconds();
        return true;
    }

    private static Option<string?> Text(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName };
}
