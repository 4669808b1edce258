namespace ThreadedChat.ChatServer.Cluster;

/// <summary>What a command in the log asks for. The numbers are in the log, so they stay as they are.</summary>
internal enum CommandKind : byte
{
    /// <summary>A server starts. Only as the first command of the first entry of a server.</summary>
    Hello = 1,

    /// <summary>A server is alive, and states its hash of the log up to a position.</summary>
    Beat = 2,

    /// <summary>A server has been silent for too long: its members leave, and its later entries are void.</summary>
    Gone = 3,

    /// <summary>A server stops in order.</summary>
    Bye = 4,

    /// <summary>A client has given its name.</summary>
    Arrive = 5,

    /// <summary>A client creates a channel and moves into it.</summary>
    Create = 6,

    /// <summary>A client moves into a channel that exists.</summary>
    Join = 7,

    /// <summary>A client sends messages to its channel.</summary>
    Say = 8,

    /// <summary>A client writes to one other client.</summary>
    Write = 9,

    /// <summary>A client leaves its channel.</summary>
    Leave = 10,

    /// <summary>A client has gone.</summary>
    Depart = 11,

    /// <summary>Changes nothing. A server that has applied it has applied everything before it.</summary>
    Nothing = 12,

    /// <summary>A channel has been empty for too long.</summary>
    RemoveEmpty = 13,

    /// <summary>A moderator removes all clients with a name.</summary>
    Kick = 14,

    /// <summary>A moderator bans a name or networks, and removes the clients that are meant.</summary>
    Ban = 15,

    /// <summary>A moderator ends bans.</summary>
    Unban = 16,

    /// <summary>A moderator mutes a name, or everybody.</summary>
    Mute = 17,

    /// <summary>A moderator ends a mute.</summary>
    Unmute = 18,

    /// <summary>A moderator sends a text to everybody.</summary>
    Announce = 19,

    /// <summary>A moderator removes a channel, also if it has members.</summary>
    Remove = 20,

    /// <summary>A client has become a moderator, or is not one any more.</summary>
    Rank = 21,

    /// <summary>A server has brought all its bans and mutes to a chat that had none.</summary>
    ListsBrought = 22,
}
