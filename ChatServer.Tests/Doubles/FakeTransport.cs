using System.Net;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Doubles;

/// <summary>A transport without a socket: takes all that is sent, and receives what the test gives it.</summary>
internal sealed class FakeTransport(string peer = "127.0.0.1") : ITransport
{
    private readonly List<byte> _sent = [];

    public IPEndPoint? Peer { get; private set; } = new(IPAddress.Parse(peer), 1);

    public bool IsPeerKnown { get; private set; } = true;

    /// <summary>If it is set, the peer is a proxy, which names this address.</summary>
    public string? Behind
    {
        get;
        init
        {
            field = value;
            IsPeerKnown = value is null;
        }
    }

    public string? AuthenticatedName => null;

    /// <summary>What opening it leads to.</summary>
    public TransportFault? Fault { get; init; }

    public bool HasInput => ArrivedBytes > 0;

    public int ArrivedBytes { get; set; }

    public bool IsReceivingEnded { get; private set; }

    public bool IsOver { get; set; }

    /// <summary>The bytes of each receive that waits; none for the end of the stream, null for a lost connection.</summary>
    public Func<byte[]?> Received { get; init; } = () => [];

    /// <summary>The result of each receive that does not wait.</summary>
    public Func<int> ReceivedNow { get; set; } = () => 0;

    /// <summary>How many bytes it takes of so many that are sent. At first, all.</summary>
    public Func<int, int> Takes { get; set; } = sent => sent;

    /// <summary>What else happens when it is disposed.</summary>
    public Action WhenDisposed { get; init; } = () => { };

    public int UnsentBytes { get; set; }

    /// <summary>The texts of the frames that were sent.</summary>
    public string[] SentTexts => [.. _sent.Chunk(WireFrame.Size).Select(WireFrame.Decode)];

    public bool IsSendingEnded { get; private set; }

    public bool IsDisposed { get; private set; }

    public TransportFault? ReadPeer()
    {
        Peer = new IPEndPoint(IPAddress.Parse(Behind!), 2);
        IsPeerKnown = true;
        return null;
    }

    /// <summary>True if the proxy has told the address by the time that the connection is accepted.</summary>
    public bool TellsAtOnce { get; init; }

    public void ReadPeerNow()
    {
        if (TellsAtOnce)
        {
            ReadPeer();
        }
    }

    public TransportFault? Open(WorkTurn turn) => Fault;

    public void EndReceiving() => IsReceivingEnded = true;

    public int Receive(Span<byte> buffer)
    {
        if (Received() is not byte[] bytes)
        {
            return -1;
        }

        bytes.CopyTo(buffer);
        return bytes.Length;
    }

    public int ReceiveNow(Span<byte> buffer) => ReceivedNow();

    public int SendNow(ReadOnlySpan<byte> bytes)
    {
        int taken = Takes(bytes.Length);
        _sent.AddRange(bytes[..taken]);
        return taken;
    }

    public bool EndSending() => IsSendingEnded = true;

    /// <summary>What each abort was given.</summary>
    public List<bool> Aborts { get; } = [];

    /// <summary>True if what the peer has yet to take is discarded.</summary>
    public bool IsDiscarding { get; private set; }

    public bool Abort(bool mayEndStream = true)
    {
        Aborts.Add(mayEndStream);
        return mayEndStream;
    }

    public void DiscardUnsent() => IsDiscarding = true;

    public void Dispose()
    {
        IsDisposed = true;
        WhenDisposed();
    }
}
