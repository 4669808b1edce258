namespace ThreadedChat.ChatServer.Secure;

/// <summary>
/// Weighs the records of one peer against the text in them. Each record costs the server time, however short it is; an update of the key costs
/// most, and has no text. A peer whose records have little text takes turns with others of its kind, and its bytes are decrypted in small
/// pieces. Only the reader thread uses it, so it needs no lock.
/// </summary>
internal sealed class RecordShare(TimeProvider time)
{
    /// <summary>
    /// Records without text, one after the other. The key is updated after gigabytes of text (RFC 8446, section 5.5), so an honest peer has text between two
    /// updates. BoringSSL and rustls have the same limit, and Go has half of it.
    /// </summary>
    internal const int MostWithoutText = 32;

    /// <summary>Records with little text that a peer may send at once before it takes turns: a frame of which each byte is a record.</summary>
    internal const int Burst = 256;

    /// <summary>Records that are free again each second.</summary>
    internal const int Rate = 64;

    /// <summary>Bytes of text that pay for one record. A frame pays for three.</summary>
    internal const int TextOfRecord = 64;

    /// <summary>Bytes that are decrypted at once for a peer that has just begun to send.</summary>
    internal const int FirstBytes = 2 * 1024;

    /// <summary>The same for a peer whose records have little text: about a millisecond of updates.</summary>
    internal const int FewBytes = 512;

    /// <summary>What a record without text costs, in records.</summary>
    private const int CostWithoutText = 4;

    /// <summary>The most records that a peer can owe.</summary>
    private const int MostOwed = 16 * Burst;

    private readonly RecordCounter _records = new();
    private double _left = Burst;
    private long _filledAt = time.GetTimestamp();
    private int _ended;
    private long _text;
    private int _withoutText;
    private bool _hasMuchText;

    /// <summary>True if the peer has used up its share: it may be served only in its turn.</summary>
    public bool MustTakeTurn => _left < 0;

    /// <summary>How many bytes may be received at once. A record that has begun may come to its end.</summary>
    public int MostBytes => Math.Max(
        _records.Rest,
        MustTakeTurn || _withoutText > 0 ? FewBytes
            : _hasMuchText ? int.MaxValue
            : FirstBytes);

    /// <summary>Counts the records in received bytes, of the handshake too.</summary>
    public void Received(ReadOnlySpan<byte> bytes) => _ended += _records.Count(bytes);

    /// <summary>Counts bytes of text that were in records.</summary>
    public void Decrypted(int count) => _text += count;

    /// <summary>The handshake is done. Its records have no text, and are bounded elsewhere.</summary>
    public void EndHandshake() => _ended = 0;

    /// <summary>
    /// All whole records that were received are decrypted, and their text was taken: weighs the one against the other. False if the peer has
    /// sent too many records without text.
    /// </summary>
    public bool Settle()
    {
        if (_ended == 0)
        {
            return true;
        }

        _withoutText = _text > 0 ? 0 : _withoutText + _ended;
        _hasMuchText = _text >= (long)_ended * TextOfRecord;
        Spend(_text > 0 ? _ended - (_text / (double)TextOfRecord) : _ended * CostWithoutText);
        _ended = 0;
        _text = 0;
        return _withoutText <= MostWithoutText;
    }

    private void Spend(double cost)
    {
        if (cost > 0)
        {
            long now = time.GetTimestamp();
            cost -= time.GetElapsedTime(_filledAt, now).TotalSeconds * Rate;
            _filledAt = now;
        }

        _left = Math.Clamp(_left - cost, -MostOwed, Burst);
    }
}
