namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// What a command can do to the channels. An implementation makes the one order of each channel, and sets
/// <see cref="Participant.Channel"/>. The calls for one participant come from one thread at a time, those for different
/// participants in parallel. Those that block do so holding no lock.
/// </summary>
internal interface IChat
{
    /// <summary>
    /// Lets a participant in, before any other call for it. Unless the result is <see cref="ArriveResult.Arrived"/>, no other call may
    /// follow. Blocks if other servers must be asked whether the name is free.
    /// </summary>
    ArriveResult Arrive(Participant participant);

    /// <summary>Takes out a participant that has gone, also out of its channel. Blocks as <see cref="Leave"/> does.</summary>
    void Depart(Participant participant);

    /// <summary>
    /// Waits until everything that <paramref name="participant"/> has asked for is done, and everything that others had done before
    /// this call is seen here. So an answer never comes before what led to it.
    /// </summary>
    void Synchronize(Participant participant);

    /// <summary>
    /// True if everything that <paramref name="participant"/> has asked for is done; false while something is on its way, and once it is not known
    /// what became of it. Does not wait.
    /// </summary>
    bool IsDone(Participant participant);

    /// <summary>Changes with every channel that is added or removed.</summary>
    int ChannelsVersion { get; }

    /// <summary>The names of all channels, in ordinal order, as they are at <paramref name="version"/>.</summary>
    string[] ChannelNames(out int version);

    /// <summary>The names of the members of a channel at this moment, in no order; null if there is no such channel.</summary>
    string[]? MemberNames(string channel);

    /// <summary>
    /// Creates a channel and moves <paramref name="creator"/> from its channel into it. Blocks while a member of the channel that
    /// it leaves is congested.
    /// </summary>
    CreateResult Create(Participant creator, string channel);

    /// <summary>
    /// Moves <paramref name="participant"/> from its channel into another. Returns false if there is no such channel. Blocks
    /// while a member of one of the two is congested.
    /// </summary>
    bool TryJoin(Participant participant, string channel);

    /// <summary>
    /// Removes a channel. Its members are told by <paramref name="notice"/>, a frame, and are in no channel any more. Does not wait.
    /// </summary>
    /// <param name="channel">Its name.</param>
    /// <param name="notice">What they are told.</param>
    /// <param name="members">How many it had.</param>
    RemoveResult Remove(string channel, ReadOnlyMemory<byte> notice, out int members);

    /// <summary>
    /// Sends whole frames, which must never change again, to the others in the channel of <paramref name="sender"/>, which is in
    /// one. Blocks while one of them is congested.
    /// </summary>
    void Say(Participant sender, ReadOnlyMemory<byte> frames);

    /// <summary>
    /// Takes <paramref name="participant"/> out of its channel, if it is in one, also if the wait before that fails. Blocks
    /// while a member is congested.
    /// </summary>
    void Leave(Participant participant);
}
