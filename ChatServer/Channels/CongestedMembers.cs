namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// The members of a channel that were congested at the last append to them; some may have space again. No lock of its own: see
/// <see cref="Channel"/>.
/// </summary>
internal readonly struct CongestedMembers
{
    private readonly MemberList _members;

    public CongestedMembers() => _members = new MemberList();

    public int Count => _members.Count;

    /// <summary>Their outboxes.</summary>
    public IOutbox[] Outboxes()
    {
        var outboxes = new IOutbox[_members.Count];
        for (int i = 0; i < outboxes.Length; i++)
        {
            outboxes[i] = _members[i].Outbox;
        }

        return outboxes;
    }

    /// <summary>Makes space for this many. The only step that needs memory.</summary>
    public void EnsureCapacity(int count) => _members.EnsureCapacity(count);

    /// <summary>Adds a member that is not on the list. The caller has made space for all members.</summary>
    public void Add(Participant member)
    {
        member.IsListedAsCongested = true;
        _members.Add(member);
    }

    /// <summary>Removes a member, if it is on the list.</summary>
    public void Remove(Participant member)
    {
        if (member.IsListedAsCongested)
        {
            member.IsListedAsCongested = false;
            _members.Remove(member);
        }
    }

    /// <summary>A member other than <paramref name="sender"/> that is congested, or null. Those that have space again are taken off the list.</summary>
    public IOutbox? FirstExcept(Participant? sender)
    {
        for (int i = _members.Count - 1; i >= 0; i--)
        {
            Participant member = _members[i];
            if (!member.Outbox.IsCongested)
            {
                member.IsListedAsCongested = false;
                _members.RemoveAt(i);
            }
            else if (member != sender)
            {
                return member.Outbox;
            }
        }

        return null;
    }

    /// <summary>Releases memory, but keeps space for <paramref name="needed"/> members.</summary>
    public void ReleaseUnused(int needed) => _members.ReleaseUnused(needed);
}
