using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// The participants by name, for messages to one of them. Names must be unique (<see cref="NameRegistry"/>), and are found as
/// they are compared there.
/// </summary>
internal sealed class People : IDirectMessages
{
    /// <summary>Guards <see cref="_entries"/> and their contents. A leaf: no other lock is taken under it.</summary>
    private readonly Lock _gate = new();

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Adds a participant that was admitted, unless it is there.</summary>
    public void Add(Participant participant)
    {
        string key = LookAlike.Key(participant.Name);
        lock (_gate)
        {
            if (_entries.GetValueOrDefault(key)?.Participant != participant)
            {
                _entries[key] = new Entry(participant);
            }
        }
    }

    /// <summary>Removes a participant that leaves.</summary>
    public void Remove(Participant participant)
    {
        string key = LookAlike.Key(participant.Name);
        lock (_gate)
        {
            if (_entries.GetValueOrDefault(key)?.Participant == participant)
            {
                _entries.Remove(key);
            }
        }
    }

    /// <inheritdoc/>
    public bool TrySend(Participant sender, string name, ReadOnlyMemory<byte> frames)
    {
        Channel? mailbox = MailboxOf(name);
        mailbox?.Broadcast(sender, frames);
        return mailbox is not null;
    }

    /// <summary>
    /// A channel that has the participant of this name as its only member; null if there is none. Messages to it obey
    /// the rules of a channel: an order, a line of senders, a wait while the receiver is congested.
    /// </summary>
    public Channel? MailboxOf(string name)
    {
        string key = LookAlike.Key(name);
        lock (_gate)
        {
            return _entries.GetValueOrDefault(key)?.Mailbox();
        }
    }

    private sealed class Entry(Participant participant)
    {
        private Channel? _mailbox;

        public Participant Participant { get; } = participant;

        /// <summary>Made at the first private message to the participant: most never get one.</summary>
        public Channel Mailbox() => _mailbox ??= new Channel(
            Participant.Name,
            // One of its own, since a channel notes at its member whether it is congested. It has the same outbox.
            new Participant(Participant.Name, Participant.Outbox));
    }
}
