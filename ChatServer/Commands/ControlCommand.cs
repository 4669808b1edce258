using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>One control message: its word, and what it does. One object serves all clients, so it has no state of any of them.</summary>
internal abstract class ControlCommand(string word)
{
    /// <summary>The first word of the frame, with its slash.</summary>
    public string Word { get; } = word;

    /// <summary>Does what <paramref name="sender"/> asks for, answers included. May block, holding no lock.</summary>
    /// <param name="sender">The participant that has sent the frame. Its own thread calls.</param>
    /// <param name="message">The frame, read as words. The command decides what a missing argument means.</param>
    public abstract void Run(Participant sender, ControlMessage message);
}
