using System.Net;
using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Accounts;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>The entrance of a server with accounts or bans.</summary>
/// <param name="dispatcher">Makes the participants.</param>
/// <param name="logins">Decides by the accounts; null on a server without accounts, where a colon in a name means nothing.</param>
/// <param name="bans">The bans.</param>
/// <param name="presence">The clients that are in.</param>
/// <param name="removal">Ends sessions.</param>
/// <param name="guessPause">Delays the answer to a wrong token, on the thread of that client.</param>
/// <param name="addresses">Shows addresses in the log.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Gets a line for each wrong token.</param>
internal sealed class GuardedEntrance(
    Dispatcher dispatcher,
    Logins? logins,
    BanList bans,
    Presence presence,
    Removal removal,
    Action<Connection> guessPause,
    AddressDisplay addresses,
    TimeProvider time,
    ILogger log) : IEntrance
{
    /// <summary>How long a client may take to leave after its connection was aborted. Only this server, or the other servers of the chat, can delay that.</summary>
    private static readonly TimeSpan LongestDeparture = TimeSpan.FromSeconds(10);

    /// <summary>A moderator may come from an address that the operator has not banned: who comes is known after the login.</summary>
    public Rejection? Rejects(IPAddress address) => bans.Covers(address, isModerator: logins is not null)
        ? new Rejection(IsServerFull: false, RejectionReason.Banned, "it is banned")
        : null;

    public Participant? Admit(Connection connection, ReadOnlySpan<byte> firstFrame, string? authenticatedName)
    {
        ReadOnlySpan<byte> nameFrame = firstFrame;
        string? token = null;
        if (logins is not null)
        {
            LoginFrame login = LoginFrame.Split(firstFrame);
            nameFrame = login.Name;
            token = login.Token;
        }

        // An invalid name gets the same answer as on any server. Its token is not checked.
        LoginResult result = logins is not null && ParticipantName.TryParse(nameFrame, out string name)
            ? logins.Decide(name, token, authenticatedName, connection.Address)
            : LoginResult.Guest;
        bool isModerator = result is { IsAuthenticated: true, Account.IsModerator: true };
        if (!result.IsGuess && bans.Covers(connection.Address, isModerator))
        {
            connection.BeginGracefulClose(CloseReason.Banned, removal.Limit, AccountText.Banned);
            return null;
        }

        if (result.Rejection is string rejection)
        {
            Reject(connection, nameFrame, result.IsGuess, rejection);
            return null;
        }

        Participant? participant = dispatcher.Admit(
            nameFrame,
            connection.Outbox,
            AddressPath.Of(connection.Address),
            new PeerInfo(connection.Address.ToString(), result.IsAuthenticated, isModerator));
        if (participant is not null)
        {
            Enter(new Session(connection, participant, result.IsAuthenticated, result.Account, time.GetUtcNow()));
        }

        return participant;
    }

    public ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> firstFrame) => logins is null ? firstFrame : LoginFrame.Split(firstFrame).Name;

    public void Departed(Participant participant) => presence.Remove(participant);

    private void Reject(Connection connection, ReadOnlySpan<byte> nameFrame, bool isGuess, string text)
    {
        if (isGuess)
        {
            log.WrongToken(connection.Id, addresses.Show(connection.Address), LogName.Show(Frame.Decode(nameFrame)));
            guessPause(connection);
        }

        connection.Outbox.Append(Frame.Encode(text));
    }

    /// <summary>
    /// Adds a client to the list, and then checks the bans and the accounts once more. A ban or a change of the accounts that came in
    /// between either finds the client in the list, or is found here.
    /// </summary>
    private void Enter(Session session)
    {
        session.Participant.IsModerator = session.Participant.Peer.IsModerator;
        Session[] others = presence.Add(session);
        if (session.Participant.IsRemoved)
        {
            // Another server of the chat has removed it before it was in the list.
            removal.End([session], CloseReason.Kicked, AccountText.Kicked);
        }
        else if (bans.Covers(session.Connection.Address, session.Participant.IsModerator)
            || bans.Covers(session.Participant.Name, session.Participant.IsModerator))
        {
            removal.End([session], CloseReason.Banned, AccountText.Banned);
        }
        else if (logins is not null && !session.IsStillRight(logins.Accounts.Now))
        {
            removal.End([session], CloseReason.AccountChanged, AccountText.AccountChanged);
        }
        else if (others.Length > 0)
        {
            TakeOver(session, others);
        }
    }

    /// <summary>The name leaves its channel before it comes back, so the others see it leave first.</summary>
    private void TakeOver(Session session, Session[] others)
    {
        removal.End(others, CloseReason.TakenOver, AccountText.TakenOver);
        session.Connection.Deadline.Clear(); // the name came in time
        Session[] late = presence.WaitUntilGone(others, removal.Limit, time);
        foreach (Session other in late)
        {
            other.Connection.Abort(CloseReason.TakenOver); // its peer had the time to close, and is not needed to leave the chat
        }

        if (presence.WaitUntilGone(late, LongestDeparture, time).Length > 0)
        {
            removal.End([session], CloseReason.TakenOver, AccountText.TakenOver);
        }
    }
}
