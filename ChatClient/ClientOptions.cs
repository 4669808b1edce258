using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatClient.Display;

namespace ThreadedChat.ChatClient;

/// <summary>The options of the client. They are created and checked only in <see cref="ClientCommandLine"/>.</summary>
internal sealed record ClientOptions
{
    /// <summary>Any text: the server decides whether it is a valid name. Empty for the basic client.</summary>
    public required string Name { get; init; }

    /// <summary>The server's host name or address as typed; not empty.</summary>
    public required string Host { get; init; }

    /// <summary>The server's port: 1 to 65535.</summary>
    public required int Port { get; init; }

    /// <summary>Further servers of the same chat, tried in this order after the first one.</summary>
    public IReadOnlyList<ServerAddress> OtherServers { get; init; } = [];

    /// <summary>All servers of the chat, in the order in which they are tried.</summary>
    public IReadOnlyList<ServerAddress> Servers => [new ServerAddress(Host, Port), .. OtherServers];

    /// <summary>Run the basic client of the assignment's part 0 (docs/protocol.md, section 7).</summary>
    public required bool IsBasic { get; init; }

    /// <summary>Trace each receive and each send (docs/trace.md).</summary>
    public bool Trace { get; init; }

    /// <summary>The file for the trace; null for standard error.</summary>
    public string? TraceFile { get; init; }

    /// <summary>Write exactly the bytes of docs/protocol.md, section 5, even to a terminal.</summary>
    public bool IsPlain { get; init; }

    public ThemeChoice Theme { get; init; }

    /// <summary>Show the time before each line.</summary>
    public bool ShowsTime { get; init; }

    public TimeFormat TimeFormat { get; init; } = TimeFormat.Standard;

    public BellRule Bell { get; init; }

    /// <summary>At a terminal: write each line once, for a program that reads it aloud; the terminal edits the line.</summary>
    public bool IsForScreenReader { get; init; }

    /// <summary>Keep the entered texts on disk, if lines are edited.</summary>
    public bool KeepsHistory { get; init; } = true;

    /// <summary>The file for them; null for the default path.</summary>
    public string? HistoryFile { get; init; }

    /// <summary>How the terminal notifies the user of a mention while its window does not have the focus.</summary>
    public NotifyRule Notify { get; init; }

    /// <summary>Words that are marked like the user's name, and count as a mention.</summary>
    public IReadOnlyList<string> Highlight { get; init; } = [];

    /// <summary>Names whose messages are not shown.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>The most messages that the client asks for when it has joined a channel: 0 to 200, 0 for none. At a terminal only.</summary>
    public int Backlog { get; init; }

    /// <summary>A file to which all lines are appended; null for none.</summary>
    public string? LogFile { get; init; }

    public bool UsesTls { get; init; }

    /// <summary>With TLS: the file of the only authorities that count; null for those of this machine, and known keys.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>With TLS: the user's own certificate; null for none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Its key; null if it is in the same file.</summary>
    public string? KeyFile { get; init; }

    /// <summary>With TLS: the file of the keys of servers; null for the default path.</summary>
    public string? KnownHostsFile { get; init; }

    /// <summary>The file with the token of the account; null for none.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Ask the user for the token.</summary>
    public bool AsksToken { get; init; }

    /// <summary>The token in the configuration file; null for none.</summary>
    public string? ConfiguredToken { get; init; }

    /// <summary>Send the token even if others can read it on the way.</summary>
    public bool AllowsInsecureToken { get; init; }

    /// <summary>The token that is sent behind the name; null for none. Nothing shows it.</summary>
    public string? Token { get; init; }

    /// <summary>When the connection is lost, try again until the server accepts a connection.</summary>
    public bool Reconnects { get; init; }
}
