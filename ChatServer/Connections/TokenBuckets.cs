namespace ThreadedChat.ChatServer.Connections;

/// <summary>
/// How often something may happen for each key: <paramref name="burst"/> times at once, and <paramref name="perSecond"/> times a
/// second from then on. The memory is bounded for any number of keys: those that were not used recently
/// are forgotten, and above the limit the new ones share one bucket. Not thread-safe.
/// </summary>
internal sealed class TokenBuckets<TKey>(double perSecond, double burst, TimeProvider time, int maxKeys = TokenBuckets<TKey>.DefaultMaxKeys)
    where TKey : notnull
{
    private const int DefaultMaxKeys = 10_000;

    /// <summary>How many keys' worth the shared bucket is: it stands for many.</summary>
    private const int SharedWeight = 16;

    /// <summary>To look for keys to forget takes a moment: not more often than this.</summary>
    private static readonly TimeSpan ForgetInterval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<TKey, Bucket> _buckets = [];
    private Bucket _shared = new(burst * SharedWeight, time.GetTimestamp());
    private long _lastForgot = time.GetTimestamp();

    /// <summary>How many keys are remembered.</summary>
    public int Count => _buckets.Count;

    /// <summary>Takes a token. False if <paramref name="key"/> has none left.</summary>
    public bool TryTake(TKey key)
    {
        long now = time.GetTimestamp();
        if (Own(key, now) is not Bucket bucket)
        {
            return TryTake(ref _shared, now, SharedWeight);
        }

        bool isTaken = TryTake(ref bucket, now, weight: 1);
        _buckets[key] = bucket;
        return isTaken;
    }

    /// <summary>True if <see cref="TryTake(TKey)"/> would take a token now.</summary>
    public bool HasToken(TKey key)
    {
        long now = time.GetTimestamp();
        return Own(key, now) is Bucket bucket ? TokensAt(bucket, now, weight: 1) >= 1 : TokensAt(_shared, now, SharedWeight) >= 1;
    }

    /// <summary>The bucket of a key, which may be a new one; null if there are too many.</summary>
    private Bucket? Own(TKey key, long now)
    {
        if (_buckets.TryGetValue(key, out Bucket known))
        {
            return known;
        }

        if (_buckets.Count >= maxKeys)
        {
            Forget(now);
        }

        return _buckets.Count < maxKeys ? new Bucket(burst, now) : null;
    }

    private bool TryTake(ref Bucket bucket, long now, int weight)
    {
        double tokens = Math.Min(burst * weight, TokensAt(bucket, now, weight));
        bool isTaken = tokens >= 1;
        bucket = new Bucket(isTaken ? tokens - 1 : tokens, now);
        return isTaken;
    }

    private void Forget(long now)
    {
        if (time.GetElapsedTime(_lastForgot, now) < ForgetInterval)
        {
            return;
        }

        _lastForgot = now;
        foreach ((TKey key, Bucket bucket) in _buckets)
        {
            if (TokensAt(bucket, now, weight: 1) >= burst)
            {
                _buckets.Remove(key); // a full bucket is the same as none
            }
        }
    }

    private double TokensAt(Bucket bucket, long now, int weight) =>
        bucket.Tokens + (time.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond * weight);

    /// <summary>The remaining tokens at a time.</summary>
    private readonly record struct Bucket(double Tokens, long At);
}
