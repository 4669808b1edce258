namespace ThreadedChat.ChatClient.Editing;

internal readonly record struct Modifiers(bool Alt, bool Ctrl, bool Shift)
{
    /// <summary>True if the key moves or deletes by words.</summary>
    public bool IsWord => Alt || Ctrl;

    // Alt, and the modifiers that some terminals send for it: the Meta of xterm (also of iTerm2) and that of kitty.
    private const int AltBits = 2 | 8 | 32;

    /// <summary>These, with Alt if <paramref name="alt"/>.</summary>
    public Modifiers Or(bool alt) => this with { Alt = Alt || alt };

    /// <summary>A sequence has 1 plus a bit for each of Shift (1), Alt (2), Ctrl (4) and Meta (8, 32), which counts as Alt.</summary>
    public static Modifiers Of(int parameter)
    {
        int bits = Math.Max(parameter - 1, 0);
        return new Modifiers(Alt: (bits & AltBits) != 0, Ctrl: (bits & 4) != 0, Shift: (bits & 1) != 0);
    }
}
