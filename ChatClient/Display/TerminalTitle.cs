using System.Globalization;
using System.Text;
using ThreadedChat.ChatClient.Terminals;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Display;

/// <summary>
/// The title of the terminal's window: unread messages, channel, own name, server. Returns the bytes that change it. Has no lock:
/// its owner has one.
/// </summary>
/// <param name="name">The user's name.</param>
/// <param name="server">Host and port.</param>
/// <param name="isShown">False for a terminal that prints the sequence: see <see cref="IsUnderstood"/>. Then nothing is written.</param>
internal sealed class TerminalTitle(string name, string server, bool isShown)
{
    /// <summary>The most bytes of each part: a title bar is short.</summary>
    public const int LongestPart = 64;

    // These set a title, and so do names that begin with one of them and '-'. Others, "linux" and "vt220" for instance, may print
    // the sequence.
    private static readonly string[] WithTitle =
    [
        "xterm", "screen", "tmux", "rxvt", "konsole", "gnome", "vte", "putty", "mintty", "alacritty", "kitty", "foot", "wezterm", "ghostty",
        "iterm", "iterm2", "nsterm", "st", "stterm", "contour", "teraterm",
    ];

    private string _shown = "";

    public bool IsShown => isShown;

    /// <summary>True if a terminal of this kind sets a title.</summary>
    /// <param name="term">The value of TERM.</param>
    public static bool IsUnderstood(string? term) =>
        term is not null && WithTitle.Any(name => term == name || term.StartsWith($"{name}-", StringComparison.Ordinal));

    /// <summary>Changes the title if it differs from the one that is shown.</summary>
    /// <param name="channel">Null for none.</param>
    /// <param name="unread">How many messages the user has not seen.</param>
    public string Show(string? channel, int unread)
    {
        string count = unread == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"({unread}) ");
        string place = channel is null ? "" : $"{Clean(channel)} - ";
        string text = $"{count}{place}{Clean(name)} - {Clean(server)}";
        if (!isShown || text == _shown)
        {
            return "";
        }

        _shown = text;
        return EscapeSequences.Title(text);
    }

    /// <summary>Another program may have set a title.</summary>
    public void Forget() => _shown = "";

    private static string Clean(string text)
    {
        byte[] cleaned = TextCleaner.Clean(Encoding.UTF8.GetBytes(text));
        return Encoding.UTF8.GetString(cleaned, 0, Utf8.CutAtMost(cleaned, LongestPart));
    }
}
