namespace ThreadedChat.ChatClient.Editing;

/// <summary>
/// The oldest report of the mouse, after CSI M: three characters for button, column and row. Each is a byte that is not a control
/// character or, in mode 1005, a character in UTF-8 of one or two bytes.
/// </summary>
internal sealed class MouseReport
{
    private const int Characters = 3;
    private const byte TooFar = 0; // a column or row that is too large for a byte
    private const byte Delete = 0x7F;

    private int _count;
    private byte _last;

    /// <summary>True if the report is complete. After a byte that may be the first of two, this is known one byte later.</summary>
    public bool IsWhole => _count == Characters && !IsFirstOfTwo(_last);

    public void Clear() => (_count, _last) = (0, 0);

    /// <summary>Adds a byte. False if it does not belong to the report.</summary>
    public bool TryAdd(byte value)
    {
        if (IsFirstOfTwo(_last) && value is >= 0x80 and <= 0xBF)
        {
            _last = 0;
            return true;
        }

        if (_count == Characters || (value != TooFar && value is < (byte)' ' or Delete))
        {
            return false;
        }

        _count++;
        _last = value;
        return true;
    }

    private static bool IsFirstOfTwo(byte value) => value is >= 0xC2 and <= 0xDF;
}
