namespace ThreadedChat.ChatCheck.Terminals;

/// <summary>The modes that change the screen; all others matter only to the program.</summary>
internal static class EmulatorModes
{
    /// <summary>Sets or resets modes of ECMA-48.</summary>
    public static void Set(TerminalPen pen, IEnumerable<int> modes, bool isSet)
    {
        foreach (int mode in modes)
        {
            pen.Inserts = mode == 4 ? isSet : pen.Inserts;
            pen.ReturnsAtNewline = mode == 20 ? isSet : pen.ReturnsAtNewline;
        }
    }

    /// <summary>Sets or resets modes of DEC and xterm.</summary>
    public static void SetPrivate(TerminalPen pen, IEnumerable<int> modes, bool isSet)
    {
        foreach (int mode in modes)
        {
            switch (mode)
            {
                case 6:
                    pen.Cursor = pen.Cursor with { HasOrigin = isSet };
                    pen.MoveToCounted(0, 0);
                    break;
                case 7:
                    pen.Wraps = isSet;
                    break;
                case 47 or 1047 or 1049:
                    SwitchScreen(pen, isSet, keepsCursor: mode == 1049);
                    break;
                case 1048 when isSet:
                    pen.Save();
                    break;
                case 1048:
                    pen.Restore();
                    break;
            }
        }
    }

    private static void SwitchScreen(TerminalPen pen, bool toAlternate, bool keepsCursor)
    {
        if (keepsCursor && toAlternate && !pen.IsAlternate)
        {
            pen.Save();
        }

        pen.Switch(toAlternate);
        if (keepsCursor && !toAlternate)
        {
            pen.Restore();
        }
    }
}
