using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// Works out in which channel the server has put us on one connection. The server answers a <c>/create</c> or <c>/join</c>
/// that it refuses, and says nothing of one that it does: so what was asked for holds, less what was refused. No lock: its
/// owner has one.
/// </summary>
/// <remarks>
/// Which of several requests a refusal is meant for follows from this: a channel that exists goes on existing. Of several
/// <c>/join c</c> the first ones fail, until there is a <c>c</c>; of several <c>/create c</c> the last ones, from then on.
/// </remarks>
internal sealed class Whereabouts
{
    /// <summary>More requests than this are not kept one by one: what the oldest have led to is.</summary>
    public const int MaxRequests = 1000;

    private readonly List<Request> _requests = [];

    // By the text that refuses something that was asked for: how often it came.
    private readonly Dictionary<string, int> _refusals = [];

    // Where we were before the first of the requests, and how many messages had gone out before that was so.
    private string? _before;
    private long _saidBefore;

    private long _said; // frames of normal messages
    private long _notInChannel; // that many of them, the first ones, were answered so

    /// <summary>The channel we are in, as far as can be known; null if none.</summary>
    public string? Channel => After(_requests.Count, MatchRefusals());

    /// <summary>A new connection begins. On the last one we were in <paramref name="channel"/>, and <see cref="Rejoin"/> may ask for it.</summary>
    public void Begin(string? channel)
    {
        _requests.Clear();
        _refusals.Clear();
        (_before, _saidBefore, _said, _notInChannel) = (channel, 0, 0, 0);
    }

    /// <summary>The client itself asks for the channel of the last connection: to create it, and to join it.</summary>
    public void Rejoin(string channel, long lastFrame)
    {
        Add(new Request(Creates: true, channel, lastFrame - 1, _said, IsRejoin: true));
        Add(new Request(Creates: false, channel, lastFrame, _said, IsRejoin: true));
    }

    /// <summary>A control message goes out, as frame number <paramref name="frame"/>.</summary>
    public void Asked(ControlMessage message, long frame)
    {
        if (message is { Word: ControlMessage.Create or ControlMessage.Join, Argument: { } channel })
        {
            Add(new Request(message.Word == ControlMessage.Create, channel, frame, _said, IsRejoin: false));
        }
    }

    /// <summary>So many <paramref name="frames"/> of a normal message go out.</summary>
    public void Said(long frames) => _said += frames;

    /// <summary>Takes a text from the server. True if it answers something that was said or asked for.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="isNoNews">It answers a <see cref="Rejoin"/> that the channel is still there, which is no news to anybody.</param>
    public bool Heard(string text, out bool isNoNews)
    {
        isNoNews = false;
        if (text == ProtocolText.ClientNotInChannel)
        {
            _notInChannel = Math.Min(_notInChannel + 1, _said);
            return true;
        }

        if (!_refusals.TryGetValue(text, out int count))
        {
            return false;
        }

        _refusals[text] = count + 1;

        // Once somebody has asked for the same, the answer may be meant for him.
        isNoNews = count == 0 && _requests.Where(request => request.Creates && request.Refusal == text).ToArray() is [{ IsRejoin: true }];
        return true;
    }

    /// <summary>The connection is over, and only the first <paramref name="frames"/> frames have arrived.</summary>
    public void Forget(long frames) => _requests.RemoveAll(request => request.Frame > frames);

    private void Add(Request request)
    {
        _requests.Add(request);
        _refusals.TryAdd(request.Refusal, 0);
        if (request.Creates)
        {
            _refusals.TryAdd(ProtocolText.TooManyChannels, 0);
        }

        if (_requests.Count > MaxRequests)
        {
            FoldOldest(MaxRequests / 2);
        }
    }

    /// <summary>Where we are after the first <paramref name="count"/> requests.</summary>
    private string? After(int count, string?[] refusedBy)
    {
        string? channel = _notInChannel > _saidBefore ? null : _before;
        for (int i = 0; i < count; i++)
        {
            Request request = _requests[i];
            if (request.SaidBefore < _notInChannel)
            {
                channel = null; // a message after it was answered so
            }
            else if (refusedBy[i] is null)
            {
                channel = request.Channel;
            }
            else if (request is { IsRejoin: true, Creates: false })
            {
                channel = null; // the channel is gone, and could not be made again
            }
        }

        return channel;
    }

    /// <summary>For each request the text that has refused it, or null.</summary>
    private string?[] MatchRefusals()
    {
        var refusedBy = new string?[_requests.Count];
        var left = new Dictionary<string, int>(_refusals);
        for (int i = 0; i < refusedBy.Length; i++)
        {
            Match(i, creates: false, _requests[i].Refusal);
        }

        for (int i = refusedBy.Length - 1; i >= 0; i--)
        {
            Match(i, creates: true, _requests[i].Refusal);
        }

        for (int i = refusedBy.Length - 1; i >= 0; i--)
        {
            Match(i, creates: true, ProtocolText.TooManyChannels);
        }

        return refusedBy;

        void Match(int i, bool creates, string text)
        {
            if (_requests[i].Creates == creates && refusedBy[i] is null && left.GetValueOrDefault(text) > 0)
            {
                left[text]--;
                refusedBy[i] = text;
            }
        }
    }

    private void FoldOldest(int count)
    {
        string?[] refusedBy = MatchRefusals();
        string? channel = After(count, refusedBy);
        foreach (string text in refusedBy.Take(count).OfType<string>())
        {
            _refusals[text]--;
        }

        (_before, _saidBefore) = (channel, _requests[count - 1].SaidBefore);
        _requests.RemoveRange(0, count);
        foreach (string text in _refusals.Where(refusal => refusal.Value == 0).Select(refusal => refusal.Key).ToArray())
        {
            if (text != ProtocolText.TooManyChannels && !_requests.Exists(request => request.Refusal == text))
            {
                _refusals.Remove(text);
            }
        }
    }

    /// <summary>A <c>/create</c> or <c>/join</c> that went out.</summary>
    private sealed record Request(bool Creates, string Channel, long Frame, long SaidBefore, bool IsRejoin)
    {
        /// <summary>What the server answers if it does not do it.</summary>
        public string Refusal { get; } = ProtocolText.Fill(Creates ? ProtocolText.ChannelExists : ProtocolText.NoChannelExists, Channel);
    }
}
