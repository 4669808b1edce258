using System.Diagnostics;
using System.Net;
using ThreadedChat.ChatServer.Connections;

namespace ThreadedChat.ChatServer.Accounts;

/// <summary>
/// Counts wrong tokens by address (IPv6: by /64). Once there were five in the last minute, every token from there is rejected, also a right
/// one: otherwise the number of guesses would have no limit. The memory is bounded: if more addresses fail than are remembered, the
/// oldest are forgotten. If the others shared a count, a peer with many addresses could keep all other clients from logging in.
/// </summary>
internal sealed class FailureLimit(TimeProvider time, int maxAddresses = 10_000)
{
    /// <summary>Wrong tokens in a <see cref="Window"/>.</summary>
    public const int Most = 5;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Guards <see cref="_failures"/> and <see cref="_order"/>. A leaf.</summary>
    private readonly Lock _gate = new();

    /// <summary>The times of the last failures, oldest first, at most <see cref="Most"/>.</summary>
    private readonly Dictionary<AddressPrefix, Queue<long>> _failures = [];

    /// <summary>The addresses of <see cref="_failures"/>, in the order in which they were added.</summary>
    private readonly Queue<AddressPrefix> _order = [];

    /// <summary>How many addresses are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _failures.Count;
            }
        }
    }

    /// <summary>True if a token is accepted: it is right, and its address may try. Counts a wrong one.</summary>
    /// <param name="address">Where it comes from.</param>
    /// <param name="isRight">Whether it is the right token.</param>
    /// <param name="isTooOften">True if the address has failed too often; then nothing is told about the token.</param>
    public bool Accepts(IPAddress address, bool isRight, out bool isTooOften)
    {
        long now = time.GetTimestamp();
        AddressPrefix prefix = AddressPrefix.OfPeer(address);
        lock (_gate)
        {
            _failures.TryGetValue(prefix, out Queue<long>? times);
            while (times?.TryPeek(out long first) == true && time.GetElapsedTime(first, now) >= Window)
            {
                times.Dequeue();
            }

            isTooOften = times?.Count >= Most;
            if (!isTooOften && !isRight)
            {
                times ??= Add_NeedsGate(prefix);
                times.Enqueue(now);
            }

            return isRight && !isTooOften;
        }
    }

    private Queue<long> Add_NeedsGate(AddressPrefix prefix)
    {
        Debug.Assert(_gate.IsHeldByCurrentThread, "The gate guards the failures.");
        if (_failures.Count >= maxAddresses)
        {
            _failures.Remove(_order.Dequeue());
        }

        var times = new Queue<long>(Most);
        _failures.Add(prefix, times);
        _order.Enqueue(prefix);
        return times;
    }
}
