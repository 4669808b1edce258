namespace ThreadedChat.ChatClient.Editing;

/// <summary>
/// What follows CSI M, the oldest report of the mouse: three characters for button, column and row. Each is a byte, of any
/// value but a control's; or, where the terminal was told to (mode 1005), a character in UTF-8, of one byte or two.
/// </summary>
internal sealed class MouseReport
{
    private const int Characters = 3;
    private const byte TooFar = 0; // a column or row that cannot be told
    private const byte Delete = 0x7F;

    private int _count;
    private byte _last;

    /// <summary>True if all is there. Behind a last byte that may be the first of two, that is known one byte later.</summary>
    public bool IsWhole => _count == Characters && !IsFirstOfTwo(_last);

    public void Clear() => (_count, _last) = (0, 0);

    /// <summary>Takes one more byte; false if it does not belong to the report.</summary>
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
