using System.Net;
using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>Who does something: a moderator in the chat, or the operator at the control socket.</summary>
/// <param name="Name">For the log, the audit and the list of bans.</param>
/// <param name="Address">The address of a moderator; null for the operator.</param>
internal sealed record Actor(string Name, IPAddress? Address)
{
    /// <summary>Anybody who may use the control socket. No participant can have this name, because it has brackets.</summary>
    public static readonly Actor Operator = new("[operator]", null);

    /// <summary>True for the operator, who may do everything.</summary>
    public bool IsOperator => Address is null;

    /// <summary>A moderator in the chat.</summary>
    public static Actor Of(Participant participant, IPAddress address) => new(participant.Name, address);
}
