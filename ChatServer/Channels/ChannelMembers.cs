namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// The members of a channel, and those of them that were congested at the last append. No lock of its own: see <see cref="Channel"/>.
/// </summary>
internal readonly struct ChannelMembers
{
    private readonly MemberList _all = new();

    private readonly CongestedMembers _congested = new();

    public ChannelMembers()
    {
    }

    public int Count => _all.Count;

    public int CongestedCount => _congested.Count;

    /// <summary>Their names.</summary>
    public string[] Names() => _all.Names();

    /// <inheritdoc cref="CongestedMembers.FirstExcept"/>
    public IOutbox? FirstCongestedExcept(Participant? sender) => _congested.FirstExcept(sender);

    /// <summary>The outboxes of those that are congested.</summary>
    public IOutbox[] CongestedOutboxes() => _congested.Outboxes();

    /// <summary>Adds a member. If there is no memory for it, nothing has changed; an append needs no memory for these lists.</summary>
    public void Add(Participant newcomer)
    {
        _congested.EnsureCapacity(_all.Count + 1);
        _all.Add(newcomer);
    }

    /// <summary>Removes a member, and notes it if senders waited for it and it was late. Needs no memory.</summary>
    public void Remove(Participant leaver, StallRecord stalls)
    {
        leaver.Outbox.NoteStall(stalls);
        _all.Remove(leaver);
        _congested.Remove(leaver);
    }

    /// <summary>Removes the member that came last, of members that are there.</summary>
    public Participant RemoveLast()
    {
        Participant last = _all[_all.Count - 1];
        _congested.Remove(last);
        _all.RemoveAt(_all.Count - 1);
        return last;
    }

    /// <summary>Releases the memory that many members have taken.</summary>
    public void ReleaseUnused()
    {
        _all.ReleaseUnused();
        _congested.ReleaseUnused(needed: _all.Count); // an append must need no memory for this list
    }

    /// <summary>Appends frames to the outbox of every member but <paramref name="sender"/>.</summary>
    /// <param name="sender">Null: all members get them.</param>
    /// <param name="frames">Whole frames, which must never change again.</param>
    /// <param name="deliveries">The bytes of deliveries.</param>
    /// <returns>True if a member is congested now that was not on the list.</returns>
    public bool Append(Participant? sender, ReadOnlyMemory<byte> frames, out long deliveries)
    {
        int receivers = 0;
        bool hasNew = false;
        foreach (Participant member in _all.Span)
        {
            if (member == sender)
            {
                continue;
            }

            receivers++;
            if (member.Outbox.Append(frames) && !member.IsListedAsCongested)
            {
                _congested.Add(member); // there is space: see Add
                hasNew = true;
            }
        }

        deliveries = (long)receivers * frames.Length;
        return hasNew;
    }
}
