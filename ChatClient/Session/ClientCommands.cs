using System.Globalization;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// The commands that the client handles itself. Only at a terminal: in a pipe each line goes to the server. Used by the thread
/// "input".
/// </summary>
internal sealed class ClientCommands
{
    /// <summary>The most lines that <c>/search</c> shows: the latest ones.</summary>
    public const int MaxFound = 20;

    private const string Help = ControlMessage.Help;
    private const string Quit = "/quit";
    private const string Search = ControlMessage.Search;
    private const string Ignore = "/ignore";
    private const string Reply = "/reply";
    private const string Clear = "/clear";
    private const string Quote = "/quote";

    // The commands of the server, which /help lists too.
    private static readonly (string Usage, string Meaning)[] OfServer =
    [
        (ControlMessage.List, "the names of all channels"),
        ($"{ControlMessage.Join} CHANNEL", "enter a channel"),
        ($"{ControlMessage.Create} CHANNEL", "make a channel and enter it"),
    ];

    // Those of the extended mode; its /search and /help are the client's here.
    private static readonly (string Usage, string Meaning)[] OfExtendedServer =
    [
        ($"{ControlMessage.Who} [CHANNEL]", "the names of the people in a channel"),
        ($"{ControlMessage.Msg} NAME TEXT", "a message to one person"),
        (ControlMessage.Leave, "leave the channel"),
        ($"{ControlMessage.History} [N]", "the last messages of the channel"),
    ];

    // Those of moderators (docs/moderation.md).
    private static readonly (string Usage, string Meaning)[] OfModerators =
    [
        ($"{ControlMessage.Kick} NAME [REASON]", "remove a person"),
        ($"{ControlMessage.Ban} NAME|NETWORK [MINUTES]", "remove a person or a network, and keep it out"),
        ($"{ControlMessage.Unban} NAME|NETWORK", "end a ban"),
        (ControlMessage.Bans, "the bans"),
        ($"{ControlMessage.Mute} NAME|* [MINUTES]", "stop delivery of a person's messages, or (*) of everybody's"),
        ($"{ControlMessage.Unmute} NAME|*", "end a mute"),
        ($"{ControlMessage.Announce} TEXT", "a text for everybody"),
        ($"{ControlMessage.Remove} CHANNEL", "remove a channel"),
    ];

    private readonly Screen _screen;
    private readonly SeenLines _seen;
    private readonly IgnoredNames _ignored;
    private readonly Conversation _conversation;
    private readonly Command[] _commands;

    /// <param name="screen">Shows the results. Not the one that records: a search must not find its own results.</param>
    /// <param name="seen">What <c>/search</c> looks through.</param>
    /// <param name="ignored">What <c>/ignore</c> changes.</param>
    /// <param name="conversation">Knows whom <c>/reply</c> answers, and whether the server has the extended mode.</param>
    public ClientCommands(Screen screen, SeenLines seen, IgnoredNames ignored, Conversation conversation)
    {
        _conversation = conversation;
        _screen = screen;
        _seen = seen;
        _ignored = ignored;
        _commands =
        [
            new(Help, Help, "show this list", _ => ShowHelp()),
            new(Search, $"{Search} WORDS", "show the latest lines with these words, also of the log", Find),
            new(Ignore, $"{Ignore} NAME", "show nothing of this person; once more: show it again", ChangeIgnored),
            new(Reply, $"{Reply} TEXT", "answer the last private message", TellNoReply),
            new(Clear, Clear, "clear the screen", _ => _screen.Clear()),
            new(Quote, $"{Quote} TEXT", "send TEXT to the server unchanged, also /help", _ => { }),
            new(Quit, Quit, "end the client, as Ctrl-D does", _ => { }),
        ];
    }

    /// <summary>The first words of all commands, for completion.</summary>
    public IEnumerable<string> Words => _commands.Select(command => command.Word);

    /// <summary>Handles a line that begins with a command of the client, or with two slashes. Null for any other line.</summary>
    /// <exception cref="IOException">Standard output is closed.</exception>
    public CommandResult? Handle(LinePart line)
    {
        string text = line.Text.TrimEnd();
        if (text.StartsWith("//", StringComparison.Ordinal))
        {
            // A frame that begins with a slash is a control message; one with a space in front of it is a message.
            return new CommandResult($" {line.Text[1..]}");
        }

        int end = text.AsSpan().IndexOfAny(' ', '\t');
        string word = end < 0 ? text : text[..end];
        string argument = end < 0 ? "" : text[end..].Trim();
        if (Array.Find(_commands, command => command.Word == word) is not { } known || (argument.Length > 0 && known.Usage == word))
        {
            return null; // also a command with a word too many: the server may have one of that name
        }

        if (word == Quote && argument.Length > 0)
        {
            return new CommandResult(argument);
        }

        if (word == Reply && argument.Length > 0 && _conversation.LastPrivate is { } sender)
        {
            return new CommandResult($"{ControlMessage.Msg} [{sender}] {argument}");
        }

        if (word == Quit)
        {
            return new CommandResult(null, IsQuit: true);
        }

        _screen.ShowPrompt();
        known.Run(argument);
        return new CommandResult(null);
    }

    private void ShowHelp()
    {
        IEnumerable<(string Usage, string Meaning)> all =
        [
            .. OfServer,
            .. _conversation.IsExtended ? OfExtendedServer : [],
            .. _conversation.IsModerator ? OfModerators : [],
            .. _commands.Select(command => (command.Usage, command.Meaning)),
            ("//TEXT", "send /TEXT to the channel, with a space in front"),
            ("anything else", "a message to the channel; other commands go to the server"),
        ];
        int width = all.Max(row => row.Usage.Length);
        Show(all.Select(row => $"{row.Usage.PadRight(width)}  {row.Meaning}"));
    }

    private void Find(string words)
    {
        if (words.Length == 0)
        {
            Show([$"{Search} WORDS"]);
            return;
        }

        IReadOnlyList<string> found = _seen.Find(words, MaxFound, out int count);
        Show([
            string.Create(CultureInfo.InvariantCulture, $"-- {count} {(count == 1 ? "line" : "lines")} with \"{words}\"{(count > found.Count ? $", the latest {found.Count}" : "")} --"),
            .. found.Select(line => $"    {line}"),
        ]);
    }

    /// <summary>A reply that is not sent: nothing to say, or nobody to say it to.</summary>
    private void TellNoReply(string text) => Show([text.Length == 0 ? $"{Reply} TEXT" : "-- nobody has sent you a private message yet --"]);

    private void ChangeIgnored(string name)
    {
        if (name.Length == 0)
        {
            string[] names = [.. _ignored.Names];
            Show([names.Length == 0 ? "-- no name is ignored --" : $"-- ignored: {string.Join(", ", names)} --"]);
        }
        else
        {
            Show([_ignored.Toggle(name) ? $"-- {name} is ignored --" : $"-- {name} is shown again --"]);
        }
    }

    private void Show(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            _screen.ShowNews(line);
        }
    }

    private sealed record Command(string Word, string Usage, string Meaning, Action<string> Run);
}
