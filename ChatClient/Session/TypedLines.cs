using ThreadedChat.ChatClient.Input;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>The lines that the user has typed and the client has not sent yet, in order. Has no lock: its owner has one.</summary>
internal sealed class TypedLines
{
    private readonly Queue<TypedLine> _lines = [];
    private string _rejected = ""; // the channel whose members were to get the first lines
    private int _misplaced; // so many of the first lines

    public int Count => _lines.Count;

    public void Add(string text, FramedLine framed, int connection) => _lines.Enqueue(new TypedLine(text, framed, connection));

    /// <summary>
    /// The server has not let the client into <paramref name="channel"/>. The messages that the user has typed in the
    /// meantime are not for another channel.
    /// </summary>
    public void Reject(string channel) => (_rejected, _misplaced) = (channel, _lines.Count);

    /// <summary>Takes the first line. <paramref name="reason"/> is null if it may be sent.</summary>
    public TypedLine Take(out string? reason)
    {
        TypedLine line = _lines.Dequeue();
        bool isMisplaced = _misplaced > 0;
        _misplaced = Math.Max(0, _misplaced - 1);
        if (IsChannelRequest(line.Framed))
        {
            _misplaced = 0; // what follows is for the channel that this line asks for
        }

        reason = isMisplaced && line.Framed.Command is null
            ? $"Not sent, because you are not in {_rejected}: {SentLines.Shorten(line.Text)}"
            : null;
        return line;
    }

    /// <summary>Removes all lines, and names them: they were typed for a connection that has ended.</summary>
    public IReadOnlyList<string> TellUnsent()
    {
        string[] told = [.. _lines.Select(line => $"This line was not sent: {SentLines.Shorten(line.Text)}")];
        _lines.Clear();
        _misplaced = 0;
        return told;
    }

    /// <summary>True for <c>/join c</c> and <c>/create c</c>.</summary>
    public static bool IsChannelRequest(FramedLine framed) =>
        framed.Command is { Word: ControlMessage.Create or ControlMessage.Join, Argument: not null };

    /// <summary>True for those and <c>/leave</c>: what changes the channel that the client is in.</summary>
    public static bool IsMove(FramedLine framed) => IsChannelRequest(framed) || framed.Command is { Word: ControlMessage.Leave };

    /// <summary>A line with the connection that there was when the user entered it.</summary>
    internal readonly record struct TypedLine(string Text, FramedLine Framed, int Connection);
}
