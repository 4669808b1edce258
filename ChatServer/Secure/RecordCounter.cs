namespace ThreadedChat.ChatServer.Secure;

/// <summary>
/// Counts the records in a stream of TLS that comes in any pieces. Before each record are five bytes, the last two of them its length (RFC 8446,
/// section 5.1).
/// </summary>
internal sealed class RecordCounter
{
    private const int HeaderSize = 5;
    private const int LengthBegins = 3;

    /// <summary>Bytes of the header that have come; all of them while the record itself comes.</summary>
    private int _header;

    private int _rest;

    /// <summary>Bytes that the record that is coming still needs; without its whole header, those that the header needs.</summary>
    public int Rest => _header < HeaderSize ? HeaderSize - _header : _rest;

    /// <summary>Takes the next bytes. Returns how many records end in them.</summary>
    public int Count(ReadOnlySpan<byte> bytes)
    {
        int ended = 0;
        while (!bytes.IsEmpty)
        {
            int taken = 1;
            if (_header < HeaderSize)
            {
                _rest = _header < LengthBegins ? 0 : (_rest << 8) | bytes[0];
                _header++;
            }
            else
            {
                taken = Math.Min(_rest, bytes.Length);
                _rest -= taken;
            }

            bytes = bytes[taken..];
            if (_header == HeaderSize && _rest == 0)
            {
                _header = 0;
                ended++;
            }
        }

        return ended;
    }
}
