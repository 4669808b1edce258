namespace ThreadedChat.ChatServer.Secure;

/// <summary>
/// Bounds what a peer may send besides text: updates of its key and empty records. An update costs the server 50 microseconds for 27
/// bytes, and meanwhile the writer cannot send to this peer. No lock of its own: see <see cref="RecordStream"/>.
/// </summary>
internal sealed class RecordOverhead(TimeProvider time)
{
    /// <summary>Bytes at once: more than two records of the largest size, of which nothing is decrypted yet.</summary>
    internal const int Most = 48 * 1024;

    /// <summary>Bytes in each second after that.</summary>
    private const int PerSecond = 4 * 1024;

    /// <summary>Bytes that each byte of text may bring with it: more than a record with one byte has. One read may give the text of many records.</summary>
    private const int PerByte = 32;

    private double _bytes;
    private long _at = time.GetTimestamp();

    /// <summary>Counts received bytes. False if there are too many.</summary>
    public bool Received(int count)
    {
        long now = time.GetTimestamp();
        _bytes = Math.Max(0, _bytes - (time.GetElapsedTime(_at, now).TotalSeconds * PerSecond)) + count;
        _at = now;
        return _bytes <= Most;
    }

    /// <summary>Counts bytes of text that were in them.</summary>
    public void Decrypted(int count) => _bytes = Math.Max(0, _bytes - ((long)count * PerByte));
}
