using ThreadedChat.ChatClient.Editing;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient;

/// <summary>
/// What can be known from what went to the server and came from it: names, for completion, and the channel we are in, to
/// join it again. The server does not tell; so a channel counts as joined until the server says that it was not.
/// </summary>
internal sealed class Conversation : ISeenNames
{
    /// <summary>More names of a kind than this are not kept: a peer could make up any number.</summary>
    public const int MaxNames = 1000;

    // Guards all below. Nothing is called under it.
    private readonly Lock _gate = new();
    private readonly List<string> _members = []; // latest last
    private readonly List<string> _channels = [];
    private string? _channel;
    private string? _channelBefore;
    private bool _hasAskedForList;

    // What the line said last has changed.
    private (string? Channel, string? ChannelBefore, bool HasAskedForList) _beforeSaid;
    private string? _newChannel;

    public IReadOnlyList<string> Members => Latest(_members);

    public IReadOnlyList<string> Channels => Latest(_channels);

    /// <summary>The channel we are in, as far as can be known; null if none.</summary>
    public string? Channel
    {
        get
        {
            lock (_gate)
            {
                return _channel;
            }
        }
    }

    /// <summary>Notes a line that goes to the server; before it does, or the answer could be here sooner.</summary>
    public void Said(string line)
    {
        string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        lock (_gate)
        {
            _beforeSaid = (_channel, _channelBefore, _hasAskedForList);
            _newChannel = null;
            _hasAskedForList = line.StartsWith("/list", StringComparison.Ordinal);
            if (line.StartsWith('/') && words is ["/join" or "/create", var channel, ..])
            {
                _channelBefore = _channel;
                _channel = channel;
                _newChannel = _channels.Contains(channel) ? null : channel;
                Note(_channels, channel);
            }
        }
    }

    /// <summary>The line that <see cref="Said"/> was called for last did not go out.</summary>
    public void TakeBack()
    {
        lock (_gate)
        {
            (_channel, _channelBefore, _hasAskedForList) = _beforeSaid;
            if (_newChannel is not null)
            {
                _channels.Remove(_newChannel);
            }
        }
    }

    /// <summary>Notes a text from the server, of one line or several.</summary>
    public void Heard(string text)
    {
        lock (_gate)
        {
            foreach (string line in text.Split('\n'))
            {
                Heard_NeedsGate(line);
            }
        }
    }

    private void Heard_NeedsGate(string line)
    {
        ReceivedLine received = ReceivedLine.Parse(line);
        if (received.Kind != ReceivedKind.Other)
        {
            Note(_members, received.Name);
        }
        else if (_channel is { } channel && IsRefusal(line, channel))
        {
            _channel = _channelBefore;
            if (line == ProtocolText.Fill(ProtocolText.NoChannelExists, channel))
            {
                _channels.Remove(channel);
            }
        }
        else if (_hasAskedForList)
        {
            Note(_channels, line);
        }
    }

    private static bool IsRefusal(string line, string channel) =>
        line == ProtocolText.Fill(ProtocolText.NoChannelExists, channel)
        || line == ProtocolText.Fill(ProtocolText.ChannelExists, channel)
        || line == ProtocolText.TooManyChannels;

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
