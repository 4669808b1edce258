namespace ThreadedChat.ChatClient.Editing;

/// <summary>Which of the keys that change others were held.</summary>
internal readonly record struct Modifiers(bool Alt, bool Ctrl, bool Shift)
{
    /// <summary>True if the key is about a word and not about a character.</summary>
    public bool IsWord => Alt || Ctrl;

    /// <summary>In a sequence they are 1 and a bit for each of Shift (1), Alt (2), Ctrl (4); further ones change nothing here.</summary>
    public static Modifiers Of(int parameter)
    {
        int bits = Math.Max(parameter - 1, 0);
        return new Modifiers(Alt: (bits & 2) != 0, Ctrl: (bits & 4) != 0, Shift: (bits & 1) != 0);
    }
}
