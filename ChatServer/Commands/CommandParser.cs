using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>Reads what a frame asks for (docs/protocol.md, section 2). Pure: no state, no effect, no failure.</summary>
internal static class CommandParser
{
    /// <summary>The command in <paramref name="text"/>, the text of a frame as <see cref="Frame.Text"/> gives it.</summary>
    public static Command Parse(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return Command.Blank.Instance;
        }

        return text[0] == (byte)'/' ? ParseControl(text) : Command.Say.Instance;
    }

    private static Command ParseControl(ReadOnlySpan<byte> text)
    {
        // Cleaned first: a tab or any other control character then is a space and separates words.
        string[] words = Encoding.UTF8.GetString(TextCleaner.Clean(text))
            .Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        string? argument = words.Length > 1 ? words[1] : null;

        return words[0] switch
        {
            "/create" => new Command.Create(argument),
            "/join" => new Command.Join(argument),
            "/list" => Command.List.Instance,
            string other => new Command.Unknown(other),
        };
    }
}
