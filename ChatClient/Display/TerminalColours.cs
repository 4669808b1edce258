namespace ThreadedChat.ChatClient.Display;

/// <summary>The number of colours by the environment: TERM, COLORTERM and NO_COLOR (no-color.org).</summary>
internal static class TerminalColours
{
    private const int PaletteSize = 256;
    private const int BasicSize = 8;

    // For a machine whose database does not have the terminal. These have colours, and so do names that begin with one of them
    // and '-'.
    private static readonly string[] WithColours =
    [
        "xterm", "screen", "tmux", "rxvt", "linux", "ansi", "cygwin", "konsole", "gnome", "vte", "putty", "teraterm", "mintty",
        "alacritty", "kitty", "foot", "wezterm", "ghostty", "iterm", "iterm2", "nsterm", "st", "stterm", "contour", "eterm", "jfbterm",
    ];

    // These have 256 with any suffix.
    private static readonly string[] WithPalette =
        ["xterm-kitty", "xterm-ghostty", "alacritty", "kitty", "foot", "wezterm", "ghostty", "iterm2", "mintty", "contour"];

    /// <param name="variable">The value of an environment variable; null if it is not set.</param>
    /// <param name="knownColours">The number of colours of a kind of terminal in the system's database; null if it is unknown.</param>
    public static ColourDepth Of(Func<string, string?> variable, Func<string, int?> knownColours)
    {
        string term = variable("TERM") ?? "";
        if (!string.IsNullOrEmpty(variable("NO_COLOR")) || term is "" or "dumb")
        {
            return ColourDepth.None;
        }

        // COLORTERM may add colours to those of TERM. But if TERM has none, none are used: a user may have set TERM to turn colours off.
        string colorTerm = variable("COLORTERM") ?? "";
        bool isTrueColour = colorTerm is "truecolor" or "24bit";
        return (knownColours(term) ?? OfName(term)) switch
        {
            null when colorTerm.Length == 0 => ColourDepth.None,
            < BasicSize => ColourDepth.None,
            >= PaletteSize => ColourDepth.Palette,
            _ => isTrueColour ? ColourDepth.Palette : ColourDepth.Eight,
        };
    }

    /// <summary>The theme for <paramref name="choice"/>: instead of <see cref="ThemeChoice.Auto"/> that of the background, if it is known.</summary>
    public static ThemeChoice ThemeOf(ThemeChoice choice, Func<string, string?> variable)
    {
        if (choice != ThemeChoice.Auto)
        {
            return choice;
        }

        // Some terminals report the colours of text and background, from 0 to 15: 7 and 15 are white, those between them bright.
        string background = (variable("COLORFGBG") ?? "").Split(';')[^1];
        return background switch
        {
            "7" or "15" => ThemeChoice.Light,
            "0" or "8" => ThemeChoice.Dark,
            _ => variable("TERM") == "linux" ? ThemeChoice.Dark : ThemeChoice.Auto, // the Linux console is black
        };
    }

    /// <summary>A guess from the name; null for an unknown name.</summary>
    private static int? OfName(string term)
    {
        if (term.EndsWith("-m", StringComparison.Ordinal) || term.Contains("-mono", StringComparison.Ordinal)
            || term.StartsWith("vt", StringComparison.Ordinal))
        {
            return term.Contains("color", StringComparison.Ordinal) ? BasicSize : 0;
        }

        if (term.Contains("256color", StringComparison.Ordinal) || term.EndsWith("-direct", StringComparison.Ordinal)
            || BeginsWithOneOf(term, WithPalette))
        {
            return PaletteSize;
        }

        return term.Contains("color", StringComparison.Ordinal) || BeginsWithOneOf(term, WithColours) ? BasicSize : null;
    }

    private static bool BeginsWithOneOf(string term, string[] names) =>
        names.Any(name => term == name || term.StartsWith($"{name}-", StringComparison.Ordinal));
}
