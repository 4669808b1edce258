using System.Text;
using ThreadedChat.Common;
using ThreadedChat.Common.Unicode;

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
        // Cleaned first: a tab or any other control character then is a space and separates words. Blanks of every kind
        // do: with one in it, the name of a channel could look like a message in the answer to /list.
        List<string> words = Characters.Words(Encoding.UTF8.GetString(TextCleaner.Clean(text)), most: 2);
        string? argument = words.Count > 1 && words[1].EnumerateRunes().Any(Characters.IsVisible) ? words[1] : null;

        return words[0] switch
        {
            "/create" => new Command.Create(argument),
            "/join" => new Command.Join(argument),
            "/list" => Command.List.Instance,
            string other => new Command.Unknown(other),
        };
    }
}
