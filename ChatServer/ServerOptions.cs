using System.Net;
using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer;

/// <summary>How log lines look.</summary>
internal enum LogFormat
{
    /// <summary>One readable line each.</summary>
    Simple,

    /// <summary>One JSON object each.</summary>
    Json,
}

/// <summary>Everything that can be set, once and for all, when the server starts. <see cref="CommandLine"/> knows the ranges.</summary>
internal sealed record ServerOptions
{
    /// <summary>The port to listen on; 0 takes one that is free.</summary>
    public int Port { get; init; }

    /// <summary>Runs the basic server of part 0 instead.</summary>
    public bool Basic { get; init; }

    /// <summary>The least severe kind of line that is logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>How log lines look.</summary>
    public LogFormat LogFormat { get; init; } = LogFormat.Simple;

    /// <summary>Tells each receive and each send (docs/trace.md).</summary>
    public bool Trace { get; init; }

    /// <summary>Where to, instead of standard error.</summary>
    public string? TraceFile { get; init; }

    /// <summary>Refuses a name that somebody has already.</summary>
    public bool UniqueNames { get; init; }

    /// <summary>Admits only names of letters and digits of one script, each look once at a time.</summary>
    public bool StrictNames { get; init; }

    /// <summary>Knows the commands of the extended mode; each name can be had once.</summary>
    public bool Extended { get; init; }

    /// <summary>Where what is said is kept; null: it is not kept.</summary>
    public HistorySettings? History { get; init; }

    /// <summary>The file of the accounts; null: no name belongs to anybody.</summary>
    public string? Accounts { get; init; }

    /// <summary>Admits only names that have an account.</summary>
    public bool MembersOnly { get; init; }

    /// <summary>The file of the bans; null: beside the accounts, or in memory where there are none.</summary>
    public string? Bans { get; init; }

    /// <summary>Where the control socket is made; null: there is none.</summary>
    public string? Control { get; init; }

    /// <summary>The file to which each action of a moderator is appended; null: there is none.</summary>
    public string? Audit { get; init; }

    /// <summary>How much of an address the log and the audit show.</summary>
    public AddressDetail LogAddresses { get; init; } = AddressDetail.Full;

    /// <summary>The configuration file that was read; null for none.</summary>
    public ServerConfiguration? Configuration { get; init; }

    /// <summary>Connections at a time; the machine may allow fewer, see <c>MachineLimits</c>.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Connections at a time from one address; 0 is no limit.</summary>
    public int MaxPerAddress { get; init; }

    /// <summary>Places kept for addresses that have none; null: <c>ConnectionRegistry.ReservedOf</c> decides.</summary>
    public int? ReservedPlaces { get; init; }

    /// <summary>Connections a second from one address once <see cref="AddressBurst"/> have come at once; 0 is no limit.</summary>
    public int AddressRate { get; init; } = 100;

    /// <summary>Connections at once from one address.</summary>
    public int AddressBurst { get; init; } = 2_000;

    /// <summary>Networks for which no limit of an address holds.</summary>
    public IReadOnlyList<IPNetwork> Trusted { get; init; } = [];

    /// <summary>Lets this machine's own addresses connect as often as they like and take all places: who is on it can do worse.</summary>
    public bool TrustLoopback { get; init; } = true;

    /// <summary>Channels in all.</summary>
    public int MaxChannels { get; init; } = 10_000;

    /// <summary>Channels that are there from the beginning and stay.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Lets clients create channels.</summary>
    public bool MayCreate { get; init; } = true;

    /// <summary>Time after which a channel with nobody in it is removed; null: it stays.</summary>
    public TimeSpan? ChannelTtl { get; init; }

    /// <summary>Time a client has to give its name.</summary>
    public TimeSpan NameTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time a client has to finish a frame it has begun.</summary>
    public TimeSpan FrameTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>When a connection or the server ends: the time to send the final frames and for the peer to close. Then it is cut off.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The policy for slow consumers.</summary>
    public SendLimits SendLimits { get; init; } = new(256 * 1024, 1024 * 1024, TimeSpan.FromSeconds(1));

    /// <summary>Bytes of memory for all that waits to be sent; null is the default part of what there is, see <see cref="MemoryBudget"/>.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Bytes the kernel may hold for a client on its way out.</summary>
    public int SendBufferBytes { get; init; } = 64 * 1024;

    /// <summary>Whole seconds of silence after which TCP asks whether a peer is still there.</summary>
    public int KeepAliveSeconds { get; init; } = 60;

    /// <summary>Time a peer has to acknowledge what is on its way to it, or a keepalive probe (Linux).</summary>
    public TimeSpan UserTimeout { get; init; } = TimeSpan.FromSeconds(20);
}
