namespace ThreadedChat.ChatServer.Channels;

/// <summary>The channels of this process: each channel's gate makes its order.</summary>
internal sealed class LocalChat(ChannelTable channels) : IChat
{
    public ArriveResult Arrive(Participant participant) => ArriveResult.Arrived;

    public void Depart(Participant participant) => Leave(participant);

    public void Synchronize(Participant participant)
    {
        // What a call changes is seen by all when it returns.
    }

    public bool IsDone(Participant participant) => true;

    public int ChannelsVersion => channels.Version;

    public string[] ChannelNames(out int version) => channels.Names(out version);

    public string[]? MemberNames(string channel) => channels.Find(channel)?.MemberNames();

    public CreateResult Create(Participant creator, string channel)
    {
        creator.Channel?.WaitForSpace(creator);
        CreateResult result = channels.TryCreate(channel, creator, out Channel? created);
        if (result == CreateResult.Created)
        {
            Move(creator, created!, isMember: true);
        }

        return result;
    }

    public bool TryJoin(Participant participant, string channel)
    {
        Channel? found = channels.Find(channel);
        if (found is null || !found.TryReserve())
        {
            return false;
        }

        WaitForSpaceToMove(participant, found);
        Move(participant, found, isMember: false);
        return true;
    }

    public RemoveResult Remove(string channel, ReadOnlyMemory<byte> notice, out int members) => channels.Remove(channel, notice, out members);

    public void Say(Participant sender, ReadOnlyMemory<byte> frames) => sender.Channel?.Broadcast(sender, frames);

    public void Leave(Participant participant)
    {
        try
        {
            // Limits the notices when many members leave at once: the other members must be able to read them in time.
            participant.Channel?.WaitForSpace(participant);
        }
        finally
        {
            participant.Channel?.Leave(participant);
            participant.Channel = null;
        }
    }

    /// <summary>The notices to the others are sent under the gates, without a wait. So the wait is here.</summary>
    private static void WaitForSpaceToMove(Participant participant, Channel to)
    {
        bool hasSpace = false;
        try
        {
            participant.Channel?.WaitForSpace(participant);
            to.WaitForSpace(participant);
            hasSpace = true;
        }
        finally
        {
            if (!hasSpace)
            {
                to.CancelReservation();
            }
        }
    }

    /// <summary>Leaves one channel and joins the other. Even if a step fails, the participant is a member of <see cref="Participant.Channel"/> at most.</summary>
    private static void Move(Participant participant, Channel to, bool isMember)
    {
        Channel? from = participant.Channel;
        participant.Channel = isMember ? to : null;
        from?.Leave(participant);
        if (!isMember)
        {
            to.Enter(participant);
            participant.Channel = to;
        }
    }
}
