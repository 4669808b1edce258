using System.Globalization;
using System.Text;

namespace ThreadedChat.ChatClient.Display;

/// <summary>
/// Colours and marks, as SGR sequences around a text. A name has the same colour always and everywhere: it follows from
/// the name alone.
/// </summary>
internal sealed class Theme
{
    /// <summary>No colour and no mark at all.</summary>
    public static readonly Theme None = new([]);

    /// <summary>Colours that can be read on black.</summary>
    public static readonly Theme Dark = new([39, 43, 75, 78, 114, 141, 173, 176, 180, 208, 211, 220]);

    /// <summary>Colours that can be read on white.</summary>
    public static readonly Theme Light = new([18, 22, 23, 25, 54, 56, 88, 90, 94, 124, 127, 130]);

    /// <summary>Colours of a middle brightness, for a terminal of which nothing is known.</summary>
    public static readonly Theme Both = new([26, 29, 62, 64, 66, 97, 98, 126, 131, 132, 160, 161]);

    private readonly byte[] _colours;

    private Theme(byte[] colours) => _colours = colours;

    /// <summary>What names are written in: numbers of the palette of 256 colours that terminals have.</summary>
    public IReadOnlyList<byte> Colours => _colours;

    /// <summary>What the user asked for. Without a wish, no colours where the environment says so (no-color.org).</summary>
    public static Theme Of(ThemeChoice choice) => choice switch
    {
        ThemeChoice.Dark => Dark,
        ThemeChoice.Light => Light,
        ThemeChoice.Auto when string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) => Both,
        _ => None,
    };

    /// <summary><paramref name="text"/> in the colour of <paramref name="name"/>.</summary>
    public string Name(string text, string name) => _colours.Length == 0
        ? text
        : string.Create(CultureInfo.InvariantCulture, $"\e[38;5;{_colours[Hash(name) % (uint)_colours.Length]}m{text}\e[39m");

    /// <summary><paramref name="text"/> so that it does not catch the eye.</summary>
    public string Dim(string text) => _colours.Length == 0 ? text : $"\e[2m{text}\e[22m";

    /// <summary><paramref name="text"/> so that it does.</summary>
    public string Mark(string text) => _colours.Length == 0 ? text : $"\e[1;7m{text}\e[22;27m";

    /// <summary>FNV-1a: the hash of the framework is another one in each process.</summary>
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
