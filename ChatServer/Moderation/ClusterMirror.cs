using ThreadedChat.ChatServer.Accounts;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>Does on this server what the log of several servers says: its bans and mutes are those of the chat, and its clients end here.</summary>
/// <param name="presence">The clients of this server.</param>
/// <param name="removal">Ends sessions.</param>
/// <param name="bans">The bans of this server.</param>
/// <param name="mutes">The mutes of this server.</param>
/// <param name="saveBans">Has the file of the bans written, by another thread.</param>
internal sealed class ClusterMirror(Presence presence, Removal removal, BanList bans, MuteList mutes, Action saveBans) : ILocalModeration
{
    public SharedLists Lists => new([.. bans.Now.Select(SharedForm.Of)], [.. mutes.Now.Select(mute => new SharedMute(mute.Key, SharedForm.Of(mute.Until)))]);

    public void Take(SharedLists lists)
    {
        bans.Replace(lists.Bans.Select(SharedForm.Of));
        mutes.Replace(lists.Mutes.Select(mute => (mute.Name, SharedForm.TimeOf(mute.Until))));
        saveBans();
    }

    /// <summary>A client that is not in the list yet finds out by itself (<see cref="GuardedEntrance"/>).</summary>
    public void End(Participant participant, EndCause cause, string text)
    {
        if (presence.Of(participant) is Session session)
        {
            removal.End([session], ReasonOf(cause), text);
        }
    }

    public void Announce(ReadOnlyMemory<byte> frames)
    {
        foreach (Session session in presence.All())
        {
            session.Participant.Outbox.Append(frames);
        }

        removal.Send();
    }

    private static CloseReason ReasonOf(EndCause cause) => cause switch
    {
        EndCause.Banned => CloseReason.Banned,
        EndCause.TakenOver => CloseReason.TakenOver,
        _ => CloseReason.Kicked,
    };
}
