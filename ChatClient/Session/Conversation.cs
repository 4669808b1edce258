using System.Diagnostics;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// The state of the client from the frames that it sends and receives: names, for completion; its channel; the lines that wait to be
/// sent, that are on their way, and that were lost with a connection. Any thread may use it.
/// </summary>
internal sealed class Conversation : ISeenNames
{
    // Guards all fields below. Only parts of this object, which have no lock of their own, are called under it.
    private readonly Lock _gate = new();
    private readonly SeenNames _members = new();
    private readonly SeenNames _channels = new();
    private readonly ServerCommands _commands = new();
    private readonly ChannelQuestions _questions;
    private readonly CurrentChannel _channel;
    private readonly LineDelivery _delivery;
    private readonly string _ownName;
    private ControlMessage? _asked; // the last command, unless the user has sent a message since
    private string? _lastPrivate;

    /// <param name="time">The clock for the fence and for lost lines.</param>
    /// <param name="usesFence">True to learn from a fence what the server has handled. Only at a terminal (docs/protocol.md, section 5).</param>
    /// <param name="ownName">The user's name.</param>
    /// <param name="backlog">How many messages the client asks for when it has joined a channel; 0 for none. Needs the fence.</param>
    public Conversation(TimeProvider time, bool usesFence = false, string ownName = "", int backlog = 0)
    {
        _ownName = ownName;
        _questions = new ChannelQuestions(_commands, ownName, backlog);
        _channel = new CurrentChannel(_questions, _commands);
        _delivery = new LineDelivery(time, usesFence, _channel, _questions);
    }

    public IReadOnlyList<string> Members => Read(() => _members.Latest);

    public IReadOnlyList<string> Channels => Read(() => _channels.Latest);

    public bool IsExtended => Read(() => _commands.IsExtended);

    public bool IsModerator => Read(() => _commands.IsModerator);

    /// <summary>The sender of the last private message that was shown; null for none.</summary>
    public string? LastPrivate => Read(() => _lastPrivate);

    /// <inheritdoc cref="CurrentChannel.Name"/>
    public string? Channel => Read(() => _channel.Name);

    /// <inheritdoc cref="CurrentChannel.Place"/>
    public string? Place => Read(() => _channel.Place);

    /// <inheritdoc cref="LineDelivery.IsHolding"/>
    public bool IsHolding => Read(() => _delivery.IsHolding);

    /// <inheritdoc cref="LineDelivery.IsOwedAnswer"/>
    public bool IsOwedAnswer => Read(() => _delivery.IsOwedAnswer);

    /// <inheritdoc cref="LineDelivery.UntilNext"/>
    public TimeSpan? UntilNext => Read(() => _delivery.UntilNext);

    /// <inheritdoc cref="LineDelivery.Status"/>
    public string Status => Read(() => _delivery.Status);

    /// <summary>
    /// A connection has begun. The client has sent its name and, if the last connection ended in <paramref name="channel"/>,
    /// <c>/create</c> and <c>/join</c> for it.
    /// </summary>
    /// <param name="connection">Its number, not <see cref="LineDelivery.NotConnected"/>.</param>
    /// <param name="channel">Null for none.</param>
    public void Connected(int connection, string? channel = null)
    {
        lock (_gate)
        {
            _asked = null;
            _delivery.Connected(connection, channel);
        }
    }

    /// <summary>The user has entered a line. <see cref="Next"/> returns it in its turn.</summary>
    /// <param name="line">The line as it was typed.</param>
    /// <param name="framed">Its frames; at least one.</param>
    public void Typed(string line, FramedLine framed)
    {
        lock (_gate)
        {
            _delivery.Typed(line, framed);
            if (!_delivery.IsConnected)
            {
                return;
            }

            _asked = framed.Command;
            if (TypedLines.IsChannelRequest(framed))
            {
                _channels.Note(framed.Command!.Value.Argument!);
            }
        }
    }

    /// <inheritdoc cref="LineDelivery.Next"/>
    public Outgoing? Next() => Read(_delivery.Next);

    /// <inheritdoc cref="LineDelivery.Expire"/>
    public void Expire()
    {
        lock (_gate)
        {
            _delivery.Expire();
        }
    }

    /// <summary>Notes a text from the server.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="isIgnored">True if the user does not see it, whatever it is.</param>
    public ReceivedMeaning NoteReceived(ReceivedText text, bool isIgnored = false)
    {
        lock (_gate)
        {
            if (_delivery.Answered(text.Text, out IReadOnlyList<string> names) is { } answer)
            {
                NoteSilent_NeedsGate(names);
                return answer;
            }

            if (_questions.NoteReceived(text))
            {
                return new ReceivedMeaning(IsHidden: true);
            }

            if (text.Lines is [{ Kind: ReceivedKind.Private, Name: var sender }] && !isIgnored)
            {
                _lastPrivate = sender;
            }

            bool isHidden = false;
            foreach (ReceivedLine line in text.Lines)
            {
                isHidden |= NoteReceived_NeedsGate(line);
            }

            return new ReceivedMeaning(isHidden);
        }
    }

    /// <summary>
    /// The connection has ended. Returns texts for the user about lines that were sent on it and did not, or may not, have
    /// arrived, and about lines that were not sent.
    /// </summary>
    /// <param name="arrived">How many frames have arrived, including the name; null if unknown.</param>
    /// <param name="isBroken">The connection was reset or timed out.</param>
    public IReadOnlyList<string> Lost(long? arrived, bool isBroken)
    {
        lock (_gate)
        {
            return _delivery.Lost(arrived, isBroken);
        }
    }

    private bool NoteReceived_NeedsGate(ReceivedLine received)
    {
        Debug.Assert(_gate.IsHeldByCurrentThread, "The gate guards the conversation.");
        if (received.Kind == ReceivedKind.Past)
        {
            return false; // its sender may not be in the channel
        }

        if (received.Kind != ReceivedKind.Other)
        {
            _members.Note(received.Name);
            return false;
        }

        string line = received.Whole;
        if (_channel.NoteReceived(line, out bool isHidden))
        {
            _channels.RemoveAll(channel => line == ProtocolText.Fill(ProtocolText.NoChannelExists, channel) || ChannelRequests.IsRemoval(line, channel));
        }
        else if (_asked is { Word: ControlMessage.List })
        {
            _channels.Note(line);
        }
        else if (_asked is { Word: ControlMessage.Who } who)
        {
            if (!IsRejection(line, who))
            {
                NoteSilent_NeedsGate([line]);
            }
        }
        else
        {
            _channel.Doubt();
        }

        return isHidden;
    }

    /// <summary>Notes the members that a channel has, as the server has told. The user is one of them.</summary>
    private void NoteSilent_NeedsGate(IReadOnlyList<string> names)
    {
        Debug.Assert(_gate.IsHeldByCurrentThread, "The gate guards the members.");
        foreach (string name in names)
        {
            if (name != _ownName)
            {
                _members.NoteSilent(name);
            }
        }
    }

    /// <summary>True if <paramref name="line"/> is the server's error for /who, and not a name.</summary>
    private static bool IsRejection(string line, ControlMessage who) =>
        line == ExtendedText.WhoRequiresArgument
        || line == ProtocolText.Fill(ProtocolText.InvalidControlMessage, who.Word)
        || (who.Argument is { } channel
            && (line == ProtocolText.Fill(ExtendedText.NobodyInChannel, channel) || line == ProtocolText.Fill(ProtocolText.NoChannelExists, channel)));

    private T Read<T>(Func<T> value)
    {
        lock (_gate)
        {
            return value();
        }
    }
}
