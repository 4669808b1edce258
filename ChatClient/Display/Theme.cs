using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatClient.Display;

/// <summary>
/// Colours and marks, as SGR sequences around a text. A theme uses at most the colours of the terminal; bold and reverse do not count
/// as colours.
/// </summary>
/// <remarks>
/// Each colour has a contrast of at least 4.5 to 1 with the background that the theme is for, as WCAG 2 asks of text (level AA). The
/// eight colours differ between terminals: those here have it in the palettes of xterm and of the Linux console.
/// </remarks>
internal sealed class Theme
{
    /// <summary>No colours and no marks.</summary>
    public static readonly Theme None = new([], [], ColourDepth.None, hasMarks: false);

    /// <summary>Colours for a black background.</summary>
    public static readonly Theme Dark =
        new([39, 43, 75, 78, 114, 141, 173, 176, 180, 208, 211, 220], [2, 6, 7], ColourDepth.Palette);

    /// <summary>Colours for a white background.</summary>
    public static readonly Theme Light = new([18, 22, 23, 25, 54, 56, 88, 90, 94, 124, 127, 130], [1, 4, 5], ColourDepth.Palette);

    /// <summary>
    /// All colours that have the contrast on black and on white, for an unknown background. None of the eight colours has it.
    /// </summary>
    public static readonly Theme Both = new([29, 63, 98, 131, 163, 243], [], ColourDepth.Palette);

    private readonly byte[] _palette; // of 256
    private readonly byte[] _basic; // of 8
    private readonly ColourDepth _depth;
    private readonly bool _hasMarks;

    private Theme(byte[] palette, byte[] basic, ColourDepth depth, bool hasMarks = true)
    {
        _palette = palette;
        _basic = basic;
        _depth = depth;
        _hasMarks = hasMarks;
    }

    /// <summary>The colours of names, as numbers in the palette of 256 colours or of the eight.</summary>
    public IReadOnlyList<byte> Colours => _depth switch
    {
        ColourDepth.Palette => _palette,
        ColourDepth.Eight => _basic,
        _ => [],
    };

    /// <summary>The theme of <paramref name="choice"/> on a terminal with this many colours.</summary>
    public static Theme Of(ThemeChoice choice, ColourDepth depth)
    {
        Theme theme = choice switch
        {
            ThemeChoice.Dark => Dark,
            ThemeChoice.Light => Light,
            ThemeChoice.Auto => Both,
            _ => None,
        };
        return new Theme(theme._palette, theme._basic, depth, theme._hasMarks);
    }

    /// <summary><paramref name="text"/> in one of <see cref="Colours"/>.</summary>
    /// <param name="text">The text to colour.</param>
    /// <param name="colour">An index of <see cref="Colours"/>; below 0 for no colour.</param>
    public string Name(string text, int colour)
    {
        if (colour < 0)
        {
            return text;
        }

        byte number = Colours[colour];
        string start = _depth == ColourDepth.Eight ? EscapeSequences.BasicColour(number) : EscapeSequences.PaletteColour(number);
        return start + text + EscapeSequences.ResetStyle;
    }

    /// <summary>Makes <paramref name="text"/> less visible.</summary>
    public string Dim(string text) => _hasMarks ? EscapeSequences.Dim + text + EscapeSequences.ResetStyle : text;

    /// <summary>Highlights <paramref name="text"/>.</summary>
    public string Mark(string text) => _hasMarks ? EscapeSequences.BoldReverse + text + EscapeSequences.ResetStyle : text;
}
