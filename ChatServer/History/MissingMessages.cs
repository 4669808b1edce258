namespace ThreadedChat.ChatServer.History;

/// <summary>
/// The channels with messages that had no space in the queue, each with their number (<see cref="ChannelRecord.Missing"/>). A list through
/// the channels themselves: to add or remove one takes no memory and no search. Has no lock: its owner has one.
/// </summary>
internal sealed class MissingMessages
{
    /// <summary>One of these channels; null for none.</summary>
    public ChannelRecord? First { get; private set; }

    /// <summary>So many messages more of a channel had no space.</summary>
    public void Add(ChannelRecord channel, int count)
    {
        if (channel.Missing == 0)
        {
            channel.NextMissing = First;
            if (First is not null)
            {
                First.PreviousMissing = channel;
            }

            First = channel;
        }

        channel.Missing += count;
    }

    /// <summary>Forgets the messages of a channel, if there are any.</summary>
    public void Remove(ChannelRecord channel)
    {
        if (channel.Missing == 0)
        {
            return;
        }

        if (channel.PreviousMissing is { } previous)
        {
            previous.NextMissing = channel.NextMissing;
        }
        else
        {
            First = channel.NextMissing;
        }

        if (channel.NextMissing is { } next)
        {
            next.PreviousMissing = channel.PreviousMissing;
        }

        (channel.Missing, channel.NextMissing, channel.PreviousMissing) = (0, null, null);
    }
}
