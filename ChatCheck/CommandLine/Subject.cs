namespace ThreadedChat.ChatCheck.CommandLine;

/// <summary>What kind of program is checked.</summary>
internal enum Subject
{
    /// <summary>A chat server.</summary>
    Server,

    /// <summary>A chat client.</summary>
    Client,

    /// <summary>The server of part 0.</summary>
    BasicServer,

    /// <summary>The client of part 0.</summary>
    BasicClient,
}
