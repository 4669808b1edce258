using ThreadedChat.ChatClient.Display;

namespace ThreadedChat.ChatClient;

/// <summary>What the user asked for; made and checked in one place, <see cref="CommandLine"/>.</summary>
internal sealed record ClientOptions
{
    /// <summary>Any text: whether it will do as a name is for the server to say. Empty for the basic client, which has none.</summary>
    public required string Name { get; init; }

    /// <summary>The server's host name or address as it was typed; not empty.</summary>
    public required string Host { get; init; }

    /// <summary>The server's port: 1 to 65535.</summary>
    public required int Port { get; init; }

    /// <summary>Be the basic client of the assignment's part 0 (docs/protocol.md, section 7).</summary>
    public required bool IsBasic { get; init; }

    /// <summary>Tell each receive and each send (docs/trace.md).</summary>
    public bool Trace { get; init; }

    /// <summary>Where to, instead of standard error.</summary>
    public string? TraceFile { get; init; }

    /// <summary>Write what docs/protocol.md, section 5, says to the byte, also to a terminal.</summary>
    public bool IsPlain { get; init; }

    /// <summary>The colours of a terminal.</summary>
    public ThemeChoice Theme { get; init; }

    /// <summary>Show the time in front of what comes.</summary>
    public bool ShowsTime { get; init; }

    /// <summary>What rings the bell of a terminal.</summary>
    public BellRule Bell { get; init; }

    /// <summary>When the server goes, try to connect again until it is back.</summary>
    public bool Reconnects { get; init; }
}
