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

        if (!ControlMessage.TryParse(text, out ControlMessage message))
        {
            return Command.Say.Instance;
        }

        return message.Word switch
        {
            ControlMessage.Create => new Command.Create(message.Argument),
            ControlMessage.Join => new Command.Join(message.Argument),
            ControlMessage.List => Command.List.Instance,
            string other => new Command.Unknown(other),
        };
    }
}
