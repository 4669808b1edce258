namespace ThreadedChat.ChatClient.Editing;

internal readonly record struct Modifiers(bool Alt, bool Ctrl, bool Shift)
{
    /// <summary>True if the key moves or deletes by words.</summary>
    public bool IsWord => Alt || Ctrl;

    /// <summary>A sequence has 1 plus a bit for each of Shift (1), Alt (2) and Ctrl (4). Further bits are ignored.</summary>
    public static Modifiers Of(int parameter)
    {
        int bits = Math.Max(parameter - 1, 0);
        return new Modifiers(Alt: (bits & 2) != 0, Ctrl: (bits & 4) != 0, Shift: (bits & 1) != 0);
    }
}
