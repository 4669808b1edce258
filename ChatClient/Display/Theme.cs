using System.Text;
using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatClient.Display;

/// <summary>
/// Colours and marks, as SGR sequences around a text. The colour of a name depends only on the name. A theme uses at most the colours
/// of the terminal; bold and reverse do not count as colours.
/// </summary>
internal sealed class Theme
{
    /// <summary>No colours and no marks.</summary>
    public static readonly Theme None = new([], [], ColourDepth.None, hasMarks: false);

    /// <summary>Colours for a black background.</summary>
    public static readonly Theme Dark =
        new([39, 43, 75, 78, 114, 141, 173, 176, 180, 208, 211, 220], [2, 3, 5, 6], ColourDepth.Palette);

    /// <summary>Colours for a white background.</summary>
    public static readonly Theme Light = new([18, 22, 23, 25, 54, 56, 88, 90, 94, 124, 127, 130], [1, 4, 5], ColourDepth.Palette);

    /// <summary>Colours of medium brightness, for an unknown background.</summary>
    public static readonly Theme Both = new([26, 29, 62, 64, 66, 97, 98, 126, 131, 132, 160, 161], [1, 2, 5], ColourDepth.Palette);

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

    /// <summary><paramref name="text"/> in the colour of <paramref name="name"/>.</summary>
    public string Name(string text, string name)
    {
        IReadOnlyList<byte> colours = Colours;
        if (colours.Count == 0)
        {
            return text;
        }

        byte colour = colours[(int)(Hash(name) % (uint)colours.Count)];
        string start = _depth == ColourDepth.Eight ? EscapeSequences.BasicColour(colour) : EscapeSequences.PaletteColour(colour);
        return start + text + EscapeSequences.ResetStyle;
    }

    /// <summary>Makes <paramref name="text"/> less visible.</summary>
    public string Dim(string text) => _hasMarks ? EscapeSequences.Dim + text + EscapeSequences.ResetStyle : text;

    /// <summary>Highlights <paramref name="text"/>.</summary>
    public string Mark(string text) => _hasMarks ? EscapeSequences.BoldReverse + text + EscapeSequences.ResetStyle : text;

    /// <summary>FNV-1a, because string.GetHashCode differs in each process.</summary>
    private static uint Hash(string name)
    {
        uint hash = 2166136261;
        foreach (byte value in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ value) * 16777619;
        }

        return hash;
    }
}
