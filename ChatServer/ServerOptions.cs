using System.Net;
using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer;

/// <summary>The settings of a server; they do not change while it runs. <see cref="CommandLine"/> checks the ranges.</summary>
internal sealed record ServerOptions
{
    /// <summary>The port to listen on; 0 takes a free one; null: none, see <see cref="Listen"/>.</summary>
    public int? Port { get; init; }

    /// <summary>Where else it listens, and with which certificate.</summary>
    public ListenSettings Listen { get; init; } = new();

    /// <summary>Runs the basic server of part 0 instead.</summary>
    public bool Basic { get; init; }

    /// <summary>The lowest level that is logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>How log lines look.</summary>
    public LogFormat LogFormat { get; init; } = LogFormat.Simple;

    /// <summary>Traces each receive and each send (docs/trace.md).</summary>
    public bool Trace { get; init; }

    /// <summary>The file for the trace; null is standard error.</summary>
    public string? TraceFile { get; init; }

    /// <summary>Where the metrics and the live page are served over HTTP; null: nowhere.</summary>
    public IPEndPoint? Http { get; init; }

    /// <summary>Rejects a name that another client has.</summary>
    public bool UniqueNames { get; init; }

    /// <summary>Admits only names of letters and digits of one script, each look once at a time.</summary>
    public bool StrictNames { get; init; }

    /// <summary>Knows the commands of the extended mode; each name can be had once.</summary>
    public bool Extended { get; init; }

    /// <summary>Where messages are stored; null stores none.</summary>
    public HistorySettings? History { get; init; }

    /// <summary>The chat that this server forms with others; null: one of its own.</summary>
    public ClusterTarget? Cluster { get; init; }

    /// <summary>The file of the accounts; null: no name belongs to anybody.</summary>
    public string? Accounts { get; init; }

    /// <summary>Admits only names that have an account.</summary>
    public bool MembersOnly { get; init; }

    /// <summary>The file of the bans; null: beside the accounts, or in memory if there are none.</summary>
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

    /// <summary>Places kept for addresses without a client; null: <c>ConnectionRegistry.ReservedOf</c> decides.</summary>
    public int? ReservedPlaces { get; init; }

    /// <summary>Connections a second from one address after a burst of <see cref="AddressBurst"/>; 0 is no limit.</summary>
    public int AddressRate { get; init; } = 100;

    /// <summary>Connections at once from one address.</summary>
    public int AddressBurst { get; init; } = 2_000;

    /// <summary>Networks without limits per address.</summary>
    public IReadOnlyList<IPNetwork> Trusted { get; init; } = [];

    /// <summary>Lets this machine's own addresses connect without limit and take all places: a user of the machine can do worse.</summary>
    public bool TrustLoopback { get; init; } = true;

    /// <summary>Channels in total.</summary>
    public int MaxChannels { get; init; } = 10_000;

    /// <summary>Channels that are there from the beginning and stay.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Lets clients create channels.</summary>
    public bool MayCreate { get; init; } = true;

    /// <summary>Time after which an empty channel is removed; null keeps it.</summary>
    public TimeSpan? ChannelTtl { get; init; }

    /// <summary>Time a client has to give its name.</summary>
    public TimeSpan NameTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time a client has to finish a frame it has begun.</summary>
    public TimeSpan FrameTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>When a connection or the server ends: the time to send the final frames and for the peer to close. Then the connection is aborted.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The policy for slow consumers.</summary>
    public SendLimits SendLimits { get; init; } = new(256 * 1024, 1024 * 1024, TimeSpan.FromSeconds(1));

    /// <summary>Bytes of memory for all queued frames; null is the default share of the machine's memory, see <see cref="MemoryBudget"/>.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Bytes the kernel may hold for a client on its way out.</summary>
    public int SendBufferBytes { get; init; } = 64 * 1024;

    /// <summary>Whole seconds of silence after which TCP asks whether a peer is still there.</summary>
    public int KeepAliveSeconds { get; init; } = 60;

    /// <summary>Time a peer has to acknowledge sent bytes or a keepalive probe (Linux).</summary>
    public TimeSpan UserTimeout { get; init; } = TimeSpan.FromSeconds(20);
}
