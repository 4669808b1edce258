using System.Net;
using ThreadedChat.ChatServer.Connections;

namespace ThreadedChat.ChatServer.Accounts;

/// <summary>
/// Counts wrong tokens by address (IPv6: by /64). Once there were five in the last minute, every token from there is refused, also a right
/// one: otherwise the number of guesses would have no limit. The memory is bounded: if more addresses fail than are remembered, the
/// others share one count.
/// </summary>
internal sealed class FailureLimit(TimeProvider time, int maxAddresses = 10_000)
{
    /// <summary>Wrong tokens in a <see cref="Window"/>.</summary>
    public const int Most = 5;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly AddressPrefix Others = new(UInt128.MaxValue, 0);

    /// <summary>Guards <see cref="_failures"/>. A leaf.</summary>
    private readonly Lock _gate = new();

    /// <summary>The times of the last failures, oldest first, at most <see cref="Most"/>.</summary>
    private readonly Dictionary<AddressPrefix, Queue<long>> _failures = [];

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
            if (!_failures.TryGetValue(prefix, out Queue<long>? times) && _failures.Count >= maxAddresses)
            {
                ForgetOld_NeedsGate(now);
                prefix = _failures.Count >= maxAddresses ? Others : prefix;
                times = _failures.GetValueOrDefault(prefix);
            }

            while (times?.TryPeek(out long first) == true && time.GetElapsedTime(first, now) >= Window)
            {
                times.Dequeue();
            }

            isTooOften = times?.Count >= Most;
            if (!isTooOften && !isRight)
            {
                times ??= _failures[prefix] = new Queue<long>(Most);
                times.Enqueue(now);
            }

            return isRight && !isTooOften;
        }
    }

    private void ForgetOld_NeedsGate(long now)
    {
        foreach ((AddressPrefix address, Queue<long> times) in _failures)
        {
            if (times.All(at => time.GetElapsedTime(at, now) >= Window))
            {
                _failures.Remove(address);
            }
        }
    }
}
