using ThreadedChat.ChatServer.Accounts;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.Connections;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>The actions of moderators, for the commands in the chat.</summary>
internal sealed class ChatModeration(Moderators moderators, Presence presence, ModeratorPace pace) : IModeration
{
    public IReadOnlyList<string> Kick(Participant by, string name, string reason) => Act(by, actor => moderators.Kick(actor, name, reason));

    public IReadOnlyList<string> Ban(Participant by, string target, int? minutes) => Act(by, actor => moderators.Ban(actor, target, minutes));

    public IReadOnlyList<string> Unban(Participant by, string target) => Act(by, actor => moderators.Unban(actor, target));

    public IReadOnlyList<string> Bans(Participant by) =>
        moderators.Bans is { Count: > 0 } bans ? [.. bans.Select(ban => ban.ToString())] : ["There are no bans."];

    public IReadOnlyList<string> Mute(Participant by, string name, int? minutes) => Act(by, actor => moderators.Mute(actor, name, minutes));

    public IReadOnlyList<string> Unmute(Participant by, string name) => Act(by, actor => moderators.Unmute(actor, name));

    public IReadOnlyList<string> Announce(Participant by, string text) => Act(by, actor => moderators.Announce(actor, text));

    public IReadOnlyList<string> Remove(Participant by, string channel) => Act(by, actor => moderators.Remove(actor, channel));

    /// <summary>A moderator that is leaving, or was removed while its command was on the way, does nothing and gets no answer.</summary>
    private IReadOnlyList<string> Act(Participant by, Func<Actor, ActionResult> act)
    {
        by.Outbox.EndWork(); // the action may wait for its pace, for a disk, or for other servers
        Connection? connection = presence.Of(by)?.Connection;
        return pace.Wait(by.Name, connection) ? [act(Actor.Of(by, connection!.Address)).Text] : [];
    }
}
