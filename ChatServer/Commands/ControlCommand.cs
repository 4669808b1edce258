using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>One control message: its word, and what it does. One object serves all clients, so it has no state of any of them.</summary>
/// <param name="word">The first word of the frame, with its slash.</param>
/// <param name="help">The text after the word in <c>/help</c>: the arguments and the effect.</param>
internal abstract class ControlCommand(string word, string help)
{
    /// <summary>The first word of the frame, with its slash.</summary>
    public string Word { get; } = word;

    /// <summary>What <c>/help</c> says about it: one line that fits a frame.</summary>
    public string Help { get; } = $"{word}{help}";

    /// <summary>True if the command itself waits for everything before it (<see cref="IChat.Synchronize"/>), as a change of channels does.</summary>
    public virtual bool SynchronizesItself(ControlMessage message) => false;

    /// <summary>True if the message carries what the sender says to others: then a mute stops it (<see cref="IMutes"/>).</summary>
    public virtual bool CarriesText(ControlMessage message) => false;

    /// <summary>False if the sender gets the answer to an unknown word.</summary>
    public virtual bool IsFor(Participant sender) => true;

    /// <summary>Does what <paramref name="sender"/> asks for, answers included. May block, holding no lock.</summary>
    /// <param name="sender">The participant that has sent the frame. Its own thread calls.</param>
    /// <param name="message">The frame, read as words. The command decides what a missing argument means.</param>
    public abstract void Run(Participant sender, ControlMessage message);
}
