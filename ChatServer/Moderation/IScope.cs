using System.Net;
using ThreadedChat.ChatServer.Channels;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>How far actions reach: this server, or all servers of one chat. Any thread may call, holding no lock; a call may wait for a disk or for the chat.</summary>
/// <remarks>All but <see cref="Rank"/> throw <see cref="ChatUnreachableException"/> if the chat cannot be reached.</remarks>
internal interface IScope
{
    /// <summary>The clients with a name.</summary>
    IReadOnlyList<FoundClient> Find(string name);

    /// <summary>The moderators that are clients now.</summary>
    IReadOnlyList<FoundClient> Moderators();

    /// <summary>Removes the clients with a name; moderators only for the operator. How many they were.</summary>
    int Kick(string name, string text, bool isOperator);

    /// <summary>Adds a ban and removes the clients that are meant; only the operator can remove moderators. Returns how many they were; null if there are too many bans.</summary>
    int? Ban(Ban ban, bool isOperator);

    /// <summary>Ends the bans of a name, or of exactly this network. How many they were.</summary>
    int Unban(string? key, IPNetwork? network);

    /// <summary>Mutes a name. False if there are too many mutes.</summary>
    bool Mute(string name, DateTimeOffset? until);

    /// <summary>Ends a mute. False if there is none.</summary>
    bool Unmute(string name);

    /// <summary>Sends frames to all clients. How many they are.</summary>
    int Announce(byte[] frames);

    /// <summary>Removes a channel; see <see cref="IChat.Remove"/>.</summary>
    RemoveResult Remove(string channel, ReadOnlyMemory<byte> notice, out int members);

    /// <summary>A client has become a moderator, or is one no more.</summary>
    void Rank(Participant participant);

    /// <summary>Reads the file of the bans again. How many there are.</summary>
    /// <exception cref="ThreadedChat.ChatServer.Machine.UnusableFileException">It cannot be read or is wrong. Nothing has changed.</exception>
    int ReloadBans();
}
