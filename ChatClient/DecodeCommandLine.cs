using System.CommandLine;
using ThreadedChat.ChatClient.Decode;

namespace ThreadedChat.ChatClient;

/// <summary>The arguments of <c>decode</c>. The library cannot parse them: a dash alone means standard input here.</summary>
internal static class DecodeCommandLine
{
    private const string Verb = "decode";
    private const string Html = "--html";
    private const string Language = "--lang";
    private const string EndOfOptions = "--";

    /// <summary>Never throws.</summary>
    /// <param name="args">What follows the verb.</param>
    /// <param name="version">Answers <c>--version</c>.</param>
    public static Request Parse(string[] args, Func<Request> version)
    {
        string? language = null;
        bool isHtml = false;
        int next = 0;
        for (; next < args.Length && args[next] is [_, _, ..] and ['-', ..] and not EndOfOptions; next++)
        {
            switch (args[next].Split('=', 2))
            {
                case ["--help" or "-h"] when args.Length == 1:
                    return ClientCommandLine.Parse(ToCommand(), args, _ => throw new InvalidOperationException("Only help is asked for."));
                case ["--version"] when args.Length == 1:
                    return version();
                case [Html]:
                    isHtml = true;
                    break;
                case [Language]:
                    language = args.ElementAtOrDefault(++next) ?? "";
                    break;
                case [Language, var value]:
                    language = value;
                    break;
                default:
                    return WrongFile();
            }
        }

        bool hasEnd = next < args.Length && args[next] == EndOfOptions;
        if (args.Skip(hasEnd ? next + 1 : next).ToArray() is not [{ Length: > 0 } file] || (!hasEnd && file[0] == '-' && file != Decoder.StandardInput))
        {
            return WrongFile();
        }

        PictureTexts? texts = PictureTexts.Of(language ?? "en");
        return texts is null ? Wrong($"{Language} must be en or pt-BR, not '{language}'.")
            : language is not null && !isHtml ? Wrong($"{Language} needs {Html}.")
            : new Request.Decode(file, isHtml ? texts : null);
    }

    /// <summary>What may be given, for the help and the manual.</summary>
    public static Command ToCommand() => new(Verb, $"Shows the frames in a file of captured bytes, or in standard input (-). With {Html} draws a picture, also of a trace.")
    {
        new Argument<string>("FILE") { Description = "Captured bytes; - is standard input" },
        ArgumentParts.Flag(Html, "Print a page of HTML instead; FILE may also be a trace"),
        ArgumentParts.Text(Language, "LANG", "The language of the page: en, pt-BR [default: en]"),
    };

    private static Request.Wrong WrongFile() => Wrong($"{Verb} takes one FILE, or {Decoder.StandardInput} for standard input.");

    private static Request.Wrong Wrong(string error) => ClientCommandLine.Wrong(error, $"{Verb} [{Html}] FILE|-");
}
