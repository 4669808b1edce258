using System.Net;
using ThreadedChat.ChatServer.Accounts;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>The actions of moderators, for the commands in the chat.</summary>
internal sealed class ChatModeration(Moderators moderators, Presence presence) : IModeration
{
    public IReadOnlyList<string> Kick(Participant by, string name, string reason) => [moderators.Kick(ActorOf(by), name, reason).Text];

    public IReadOnlyList<string> Ban(Participant by, string target, int? minutes) => [moderators.Ban(ActorOf(by), target, minutes).Text];

    public IReadOnlyList<string> Unban(Participant by, string target) => [moderators.Unban(ActorOf(by), target).Text];

    public IReadOnlyList<string> Bans(Participant by) =>
        moderators.Bans is { Count: > 0 } bans ? [.. bans.Select(ban => ban.ToString())] : ["There are no bans."];

    public IReadOnlyList<string> Mute(Participant by, string name, int? minutes) => [moderators.Mute(ActorOf(by), name, minutes).Text];

    public IReadOnlyList<string> Unmute(Participant by, string name) => [moderators.Unmute(ActorOf(by), name).Text];

    public IReadOnlyList<string> Announce(Participant by, string text) => [moderators.Announce(ActorOf(by), text).Text];

    public IReadOnlyList<string> Remove(Participant by, string channel) => [moderators.Remove(ActorOf(by), channel).Text];

    /// <summary>A moderator that has been removed while its command was on the way has no address any more.</summary>
    private Actor ActorOf(Participant by) => Actor.Of(by, presence.Of(by)?.Connection.Address ?? IPAddress.None);
}
