using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// What the client learns from the messages that it sends and receives: names, for completion; its channel, to rejoin it after a
/// reconnect; and the lines that were lost with a connection.
/// </summary>
internal sealed class Conversation : ISeenNames
{
    /// <summary>The most names kept of each kind: a peer could invent any number of names.</summary>
    public const int MaxNames = 1000;

    /// <summary>The result of <see cref="Said"/> while there is no connection.</summary>
    public const int NotConnected = 0;

    // Guards all fields below. Only parts of this object, which have no lock of their own, are called under it.
    private readonly Lock _gate = new();
    private readonly List<string> _members = []; // latest last
    private readonly List<string> _channels = [];
    private readonly Whereabouts _whereabouts = new();
    private readonly SentLines _sent;
    private int _connection = NotConnected;
    private long _frames; // sent on this connection
    private bool _hasAskedForList;

    public Conversation(TimeProvider time) => _sent = new SentLines(time);

    public IReadOnlyList<string> Members => Latest(_members);

    public IReadOnlyList<string> Channels => Latest(_channels);

    /// <summary>The channel that the client is in, as far as it can know; null for none.</summary>
    public string? Channel
    {
        get
        {
            lock (_gate)
            {
                return _whereabouts.Channel;
            }
        }
    }

    /// <summary>
    /// A connection has begun. The client has sent its name and, if the last connection ended in <paramref name="channel"/>,
    /// <c>/create</c> and <c>/join</c> for it.
    /// </summary>
    /// <param name="connection">Its number, not <see cref="NotConnected"/>.</param>
    /// <param name="channel">Null for none.</param>
    public void Connected(int connection, string? channel = null)
    {
        lock (_gate)
        {
            _connection = connection;
            _hasAskedForList = false;
            _whereabouts.Begin(channel);
            _frames = 1;
            if (channel is not null)
            {
                _frames += 2;
                _whereabouts.Rejoin(channel, _frames);
            }
        }
    }

    /// <summary>
    /// Notes a line before it is sent, because the answer could arrive before a note made afterwards. Returns the number of the
    /// only connection on which the line may be sent; or <see cref="NotConnected"/>, and then nothing is noted.
    /// </summary>
    /// <param name="line">The line as it was typed.</param>
    /// <param name="framed">Its frames; at least one.</param>
    public int Said(string line, FramedLine framed)
    {
        long count = framed.Frames.Length / Frame.Size;
        lock (_gate)
        {
            if (_connection == NotConnected)
            {
                return NotConnected;
            }

            _frames += count;
            _sent.Add(line, _frames);
            _hasAskedForList = framed.Command?.Word == ControlMessage.List;
            if (framed.Command is not { } message)
            {
                _whereabouts.Said(count);
                return _connection;
            }

            _whereabouts.Asked(message, _frames);
            if (message is { Word: ControlMessage.Create or ControlMessage.Join, Argument: { } channel })
            {
                Note(_channels, channel);
            }

            return _connection;
        }
    }

    /// <summary>
    /// Notes a text from the server. True if it answers a request that the client has made by itself: the user need not see it.
    /// </summary>
    public bool Heard(ReceivedText text)
    {
        lock (_gate)
        {
            bool isNoNews = false;
            foreach (ReceivedLine line in text.Lines)
            {
                isNoNews |= Heard_NeedsGate(line);
            }

            return isNoNews;
        }
    }

    /// <summary>The connection has ended. Returns what to tell the user about lines that were sent on it and did not, or may not, have arrived.</summary>
    /// <param name="arrived">How many frames have arrived, including the name; null if unknown.</param>
    /// <param name="isBroken">The connection was reset or timed out.</param>
    public IReadOnlyList<string> Lost(long? arrived, bool isBroken)
    {
        lock (_gate)
        {
            IReadOnlyList<string> lost = [];
            if (arrived is { } frames)
            {
                lost = _sent.TellLost(frames);
                _whereabouts.Forget(frames);
            }
            else if (isBroken)
            {
                // Older lines have arrived: otherwise the connection would have timed out sooner.
                lost = _sent.TellDoubtful(SilenceLimit.OfProcess.Longest);
            }

            _sent.Clear();
            _connection = NotConnected;
            return lost;
        }
    }

    private bool Heard_NeedsGate(ReceivedLine received)
    {
        if (received.Kind != ReceivedKind.Other)
        {
            Note(_members, received.Name);
            return false;
        }

        string line = received.Whole;
        if (_whereabouts.Heard(line, out bool isNoNews))
        {
            _channels.RemoveAll(channel => line == ProtocolText.Fill(ProtocolText.NoChannelExists, channel));
        }
        else if (_hasAskedForList)
        {
            Note(_channels, line);
        }

        return isNoNews;
    }

    private string[] Latest(List<string> names)
    {
        lock (_gate)
        {
            string[] latest = [.. names];
            Array.Reverse(latest);
            return latest;
        }
    }

    private static void Note(List<string> names, string name)
    {
        if (names is [.., var latest] && latest == name)
        {
            return;
        }

        names.Remove(name);
        names.Add(name);
        if (names.Count > MaxNames)
        {
            names.RemoveAt(0);
        }
    }
}
