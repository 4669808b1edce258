using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// What can be known from what went to the server and came from it: names, for completion; the channel we are in, to join it
/// again; and when a connection is lost, the lines that were lost with it.
/// </summary>
internal sealed class Conversation : ISeenNames
{
    /// <summary>More names of a kind than this are not kept: a peer could make up any number.</summary>
    public const int MaxNames = 1000;

    /// <summary>Says <see cref="Said"/> where there is no connection.</summary>
    public const int NotConnected = 0;

    // Guards all below. Nothing is called under it but parts of this that have no lock of their own.
    private readonly Lock _gate = new();
    private readonly List<string> _members = []; // latest last
    private readonly List<string> _channels = [];
    private readonly Whereabouts _whereabouts = new();
    private readonly SentLines _sent;
    private int _connection = NotConnected;
    private long _frames; // that went out on this connection
    private bool _hasAskedForList;

    public Conversation(TimeProvider time) => _sent = new SentLines(time);

    public IReadOnlyList<string> Members => Latest(_members);

    public IReadOnlyList<string> Channels => Latest(_channels);

    /// <summary>The channel we are in, as far as can be known; null if none.</summary>
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
    /// A connection has begun: the name went out, and behind it, where the last connection had left us in
    /// <paramref name="channel"/>, <c>/create</c> and <c>/join</c> for that.
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
    /// Notes what is about to go to the server; before it does, or the answer could be here sooner. On which connection it has
    /// to go out, and on no other; or <see cref="NotConnected"/>, and then nothing is noted.
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

    /// <summary>The connection is gone. What to tell about lines that went out on it and did not arrive, or may not have.</summary>
    /// <param name="arrived">How many frames have arrived, the name's among them; null if nobody knows.</param>
    /// <param name="isBroken">The server has not ended it in good order.</param>
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
                // What is older has arrived: had it not, the connection would have broken sooner.
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
