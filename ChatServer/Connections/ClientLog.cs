using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// Logs the arrival and the departure of each client: a line of level information, with name, address and reason. For one address
/// (of IPv6: one /64) they are bounded, so that no client fills the disk; above that they are logged at level debug.
/// </summary>
internal sealed class ClientLog(ILogger log, TimeProvider time, AddressDisplay? addresses = null)
{
    /// <summary>More than the clients of one class behind one address.</summary>
    private const int Burst = 500;

    private const double PerSecond = 0.5;

    /// <summary>Bytes of a rejected name that are shown: as many as a name may have. Each may be written as several characters.</summary>
    private const int MostShown = 64;

    /// <summary>Guards <see cref="_buckets"/>. A leaf: nothing is logged while it is held.</summary>
    private readonly Lock _gate = new();

    private readonly AddressDisplay _addresses = addresses ?? new AddressDisplay();
    private readonly TokenBuckets<AddressPrefix> _buckets = new(PerSecond, Burst, time);

    /// <summary>A client has sent its name. True if the line was logged at level information: then its departure should be, too.</summary>
    public bool Admitted(Connection connection, string name)
    {
        bool isTold = MayTell(connection);
        if (isTold)
        {
            log.Admitted(connection.Id, LogName.Show(name), _addresses.Show(connection.Address));
        }
        else
        {
            log.AdmittedQuietly(connection.Id, LogName.Show(name), _addresses.Show(connection.Address));
        }

        return isTold;
    }

    /// <summary>A connection has ended.</summary>
    /// <param name="connection">Which one, and why.</param>
    /// <param name="name">The name of the client; null if it sent none.</param>
    /// <param name="wasTold">What <see cref="Admitted"/> returned.</param>
    public void Closed(Connection connection, string? name, bool wasTold)
    {
        string shown = name is null ? "nobody" : LogName.Show(name);
        if (connection.Reason == CloseReason.SlowConsumer)
        {
            Slowness slowness = connection.Outbox.Slowness;
            log.ClosedAsSlowConsumer(
                connection.Id, connection.Reason, shown, _addresses.Show(connection.Address), slowness.QueuedBytes, slowness.Silence.TotalMilliseconds);
        }
        else if (wasTold || (name is null && MayTell(connection)))
        {
            log.Closed(connection.Id, connection.Reason, shown, _addresses.Show(connection.Address));
        }
        else
        {
            log.ClosedQuietly(connection.Id, connection.Reason, shown, _addresses.Show(connection.Address));
        }
    }

    /// <summary>A client gave a name that was rejected.</summary>
    public void NameRefused(Connection connection, ReadOnlySpan<byte> frame)
    {
        if (MayTell(connection))
        {
            ReadOnlySpan<byte> text = Frame.Text(frame);
            log.NameRejected(connection.Id, _addresses.Show(connection.Address), LogName.Show(text[..Math.Min(text.Length, MostShown)]));
        }
    }

    /// <summary>A connection could not be opened. For any thread.</summary>
    public void OpeningFailed(Connection connection, string what)
    {
        if (MayTell(connection))
        {
            log.OpeningFailed(connection.Id, _addresses.Show(connection.Address), what);
        }
    }

    private bool MayTell(Connection connection)
    {
        lock (_gate)
        {
            return _buckets.TryTake(AddressPrefix.OfPeer(connection.Address));
        }
    }
}
