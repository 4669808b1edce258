using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// The state of the client from the frames that it sends and receives: names, for completion; its channel; the lines that wait to be
/// sent, that are on their way, and that were lost with a connection. Any thread may use it.
/// </summary>
/// <param name="time">The clock for the fence and for lost lines.</param>
/// <param name="usesFence">True to learn from a fence which frames the server has handled. Only at a terminal (docs/protocol.md, section 5).</param>
internal sealed class Conversation(TimeProvider time, bool usesFence = false) : ISeenNames
{
    // Guards all fields below. Only parts of this object, which have no lock of their own, are called under it.
    private readonly Lock _gate = new();
    private readonly SeenNames _members = new();
    private readonly SeenNames _channels = new();
    private readonly LineDelivery _delivery = new(time, usesFence);
    private bool _hasAskedForList;

    public IReadOnlyList<string> Members => Read(() => _members.Latest);

    public IReadOnlyList<string> Channels => Read(() => _channels.Latest);

    /// <inheritdoc cref="LineDelivery.Channel"/>
    public string? Channel => Read(() => _delivery.Channel);

    /// <inheritdoc cref="LineDelivery.Place"/>
    public string? Place => Read(() => _delivery.Place);

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
            _hasAskedForList = false;
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

            _hasAskedForList = framed.Command?.Word == ControlMessage.List;
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
    public Heard Heard(ReceivedText text)
    {
        lock (_gate)
        {
            if (_delivery.Answered(text.Text) is { } answer)
            {
                return answer;
            }

            bool isNoNews = false;
            foreach (ReceivedLine line in text.Lines)
            {
                isNoNews |= Heard_NeedsGate(line);
            }

            return new Heard(isNoNews);
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

    private bool Heard_NeedsGate(ReceivedLine received)
    {
        if (received.Kind != ReceivedKind.Other)
        {
            _members.Note(received.Name);
            return false;
        }

        string line = received.Whole;
        if (_delivery.Heard(line, out bool isNoNews))
        {
            _channels.RemoveAll(channel => line == ProtocolText.Fill(ProtocolText.NoChannelExists, channel));
        }
        else if (_hasAskedForList)
        {
            _channels.Note(line);
        }
        else
        {
            _delivery.Doubt();
        }

        return isNoNews;
    }

    private T Read<T>(Func<T> value)
    {
        lock (_gate)
        {
            return value();
        }
    }
}
