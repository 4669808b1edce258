using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>
/// What moderators can do. Declared here, in the layer that calls it. Each method returns the lines of the answer. Each may wait for a
/// disk; the thread of the moderator calls, holding no lock.
/// </summary>
internal interface IModeration
{
    /// <summary>Removes all clients with a name.</summary>
    IReadOnlyList<string> Kick(Participant by, string name, string reason);

    /// <summary>Removes and keeps out a name and its addresses, or a network.</summary>
    /// <param name="by">The moderator.</param>
    /// <param name="target">A name, an address or a network.</param>
    /// <param name="minutes">How long; null for no end.</param>
    IReadOnlyList<string> Ban(Participant by, string target, int? minutes);

    /// <summary>Ends bans of a name or a network.</summary>
    IReadOnlyList<string> Unban(Participant by, string target);

    IReadOnlyList<string> Bans(Participant by);

    /// <summary>Keeps the others from getting what a name says.</summary>
    /// <param name="by">The moderator.</param>
    /// <param name="name">A name; <c>*</c> for everybody except moderators.</param>
    /// <param name="minutes">How long; null for no end.</param>
    IReadOnlyList<string> Mute(Participant by, string name, int? minutes);

    IReadOnlyList<string> Unmute(Participant by, string name);

    /// <summary>Sends a text to all clients.</summary>
    IReadOnlyList<string> Announce(Participant by, string text);

    IReadOnlyList<string> Remove(Participant by, string channel);
}
