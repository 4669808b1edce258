using ThreadedChat.Common;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// The client's requests for channels on one connection, and the channel that they have led to. The server answers only a <c>/create</c>, <c>/join</c> or
/// <c>/leave</c> that fails. So each request has succeeded unless an answer rejects it. Has no lock: its owner has one.
/// </summary>
/// <remarks>
/// A channel normally stays. So it is known which of several equal requests have failed: of several <c>/join c</c> the first
/// ones, before <c>c</c> exists; of several <c>/create c</c> the last ones, after that. If a moderator removes a channel, its members are told.
/// </remarks>
internal sealed class ChannelRequests
{
    /// <summary>The most requests kept one by one. Of the oldest only the result is kept.</summary>
    public const int MaxRequests = 1000;

    private static readonly string RemovalBegins = AccountText.ChannelRemoved.Split("{0}")[0];

    private readonly List<ChannelRequest> _requests = [];

    // How often each text that rejects a request was received.
    private readonly Dictionary<string, int> _rejections = [];

    // The channel before the first of the requests, and the number of messages sent before that.
    private string? _before;
    private long _saidBefore;

    private long _said; // frames of normal messages
    private long _notInChannel; // so many of them, the first ones, got this answer

    /// <summary>The channel that the client is in, as far as it can know; null for none.</summary>
    public string? Channel => Places(MatchRejections())[^1];

    /// <summary>A new connection begins. On the last one the client was in <paramref name="channel"/>.</summary>
    public void Begin(string? channel)
    {
        _requests.Clear();
        _rejections.Clear();
        (_before, _saidBefore, _said, _notInChannel) = (channel, 0, 0, 0);
    }

    /// <summary>The client itself asks to create and to join the channel of the last connection.</summary>
    public void Rejoin(string channel, long lastFrame)
    {
        Add(new ChannelRequest(Creates: true, channel, lastFrame - 1, _said, IsRejoin: true));
        Add(new ChannelRequest(Creates: false, channel, lastFrame, _said, IsRejoin: true));
    }

    /// <summary>A control message is sent, as frame number <paramref name="frame"/>.</summary>
    public void Asked(ControlMessage message, long frame)
    {
        if (message is { Word: ControlMessage.Create or ControlMessage.Join, Argument: { } channel })
        {
            Add(new ChannelRequest(message.Word == ControlMessage.Create, channel, frame, _said, IsRejoin: false));
        }
        else if (message.Word == ControlMessage.Leave)
        {
            Add(new ChannelRequest(Creates: false, Channel: null, frame, _said, IsRejoin: false));
        }
    }

    /// <summary>A normal message of so many <paramref name="frames"/> is sent.</summary>
    public void Said(long frames) => _said += frames;

    /// <summary>True if the text says that a moderator has removed this channel, also if the moderator has spelled it in another way.</summary>
    public static bool IsRemoval(string text, string channel) =>
        text.StartsWith(RemovalBegins, StringComparison.Ordinal)
        && Normalization.ToNfc(text) == Normalization.ToNfc(ProtocolText.Fill(AccountText.ChannelRemoved, channel));

    /// <summary>
    /// Notes a text that tells the members of a channel that it was removed: the client is in none then. False for any other text, and for a
    /// channel that the client cannot have been in.
    /// </summary>
    public bool TryRemove(string text)
    {
        if (!text.StartsWith(RemovalBegins, StringComparison.Ordinal))
        {
            return false;
        }

        string?[] rejectedBy = MatchRejections();
        string?[] places = Places(rejectedBy);
        for (int last = _requests.Count; last >= 0; last--)
        {
            if (places[last] is { } channel && IsRemoval(text, channel) && !MustComeLater(last))
            {
                Remove(channel, last);
                return true;
            }
        }

        return false;

        // Before the removal the channel was there, so a /create of it would have been rejected.
        bool MustComeLater(int count) =>
            count > 0 && _requests[count - 1] is { Creates: true, Channel: var channel } && rejectedBy[count - 1] is null && places[count - 1] == channel;
    }

    /// <summary>Notes a text from the server. True if it answers a message or a request of the client.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="isHidden">True if the client does not show the text: it only tells that the channel of a <see cref="Rejoin"/> still exists.</param>
    public bool NoteReceived(string text, out bool isHidden)
    {
        isHidden = false;
        if (text == ProtocolText.ClientNotInChannel)
        {
            _notInChannel = Math.Min(_notInChannel + 1, _said);
            return true;
        }

        if (text == ExtendedText.NotInChannel)
        {
            return true;
        }

        if (!_rejections.TryGetValue(text, out int count))
        {
            // Servers reject an unknown command in words of their own; most of them name it.
            if (!_requests.Exists(request => request.Channel is null) || !text.Contains(ControlMessage.Leave, StringComparison.Ordinal))
            {
                return false;
            }

            text = ChannelRequest.LeaveRejection;
            count = _rejections[text];
        }

        _rejections[text] = count + 1;

        // If the user has asked for the same, the answer may belong to the request of the user.
        isHidden = count == 0 && _requests.Where(request => request.Creates && request.Rejection == text).ToArray() is [{ IsRejoin: true }];
        return true;
    }

    /// <summary>
    /// The server has handled the first <paramref name="frames"/> frames, and all its answers to them were reported here. True if it has
    /// rejected the last request among them.
    /// </summary>
    public bool Handled(long frames)
    {
        int count = _requests.Count(request => request.Frame <= frames);
        bool isRejected = count > 0 && MatchRejections()[count - 1] is not null;
        if (count > 0)
        {
            FoldOldest(count);
        }

        return isRejected;
    }

    /// <summary>The connection has ended, and only the first <paramref name="frames"/> frames have arrived.</summary>
    public void Forget(long frames) => _requests.RemoveAll(request => request.Frame > frames);

    private void Add(ChannelRequest request)
    {
        _requests.Add(request);
        _rejections.TryAdd(request.Rejection, 0);
        if (request.Creates)
        {
            _rejections.TryAdd(ProtocolText.TooManyChannels, 0);
        }

        if (_requests.Count > MaxRequests)
        {
            FoldOldest(MaxRequests / 2);
        }
    }

    /// <summary>None of the first requests leads to this channel any more.</summary>
    private void Remove(string channel, int requests)
    {
        _before = _before == channel ? null : _before;
        for (int i = 0; i < requests; i++)
        {
            if (_requests[i].Channel == channel)
            {
                _requests[i] = _requests[i] with { IsRemoved = true };
            }
        }
    }

    /// <summary>The channel before the first request, and after each.</summary>
    private string?[] Places(string?[] rejectedBy)
    {
        var places = new string?[_requests.Count + 1];
        string? channel = _notInChannel > _saidBefore ? null : _before;
        places[0] = channel;
        for (int i = 0; i < _requests.Count; i++)
        {
            ChannelRequest request = _requests[i];
            if (request.SaidBefore < _notInChannel)
            {
                channel = null; // a message after it got this answer
            }
            else if (rejectedBy[i] is null)
            {
                channel = request.IsRemoved ? null : request.Channel;
            }
            else if (request is { IsRejoin: true, Creates: false })
            {
                channel = null; // the channel no longer exists and could not be created again
            }

            places[i + 1] = channel;
        }

        return places;
    }

    /// <summary>For each request the text that rejected it, or null.</summary>
    private string?[] MatchRejections()
    {
        var rejectedBy = new string?[_requests.Count];
        var left = new Dictionary<string, int>(_rejections);
        for (int i = 0; i < rejectedBy.Length; i++)
        {
            Match(i, creates: false, _requests[i].Rejection);
        }

        for (int i = rejectedBy.Length - 1; i >= 0; i--)
        {
            Match(i, creates: true, _requests[i].Rejection);
        }

        for (int i = rejectedBy.Length - 1; i >= 0; i--)
        {
            Match(i, creates: true, ProtocolText.TooManyChannels);
        }

        return rejectedBy;

        void Match(int i, bool creates, string text)
        {
            if (_requests[i].Creates == creates && rejectedBy[i] is null && left.GetValueOrDefault(text) > 0)
            {
                left[text]--;
                rejectedBy[i] = text;
            }
        }
    }

    private void FoldOldest(int count)
    {
        string?[] rejectedBy = MatchRejections();
        string? channel = Places(rejectedBy)[count];
        foreach (string text in rejectedBy.Take(count).OfType<string>())
        {
            _rejections[text]--;
        }

        (_before, _saidBefore) = (channel, _requests[count - 1].SaidBefore);
        _requests.RemoveRange(0, count);
        foreach (string text in _rejections.Where(rejection => rejection.Value == 0).Select(rejection => rejection.Key).ToArray())
        {
            if (text != ProtocolText.TooManyChannels && !_requests.Exists(request => request.Rejection == text))
            {
                _rejections.Remove(text);
            }
        }
    }
}
