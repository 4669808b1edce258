namespace ThreadedChat.ChatClient.Display;

/// <summary>
/// Counts the messages that arrive while the terminal's window does not have the focus. A terminal that does not report its focus
/// counts as one that has it. Has no lock: its owner has one.
/// </summary>
internal sealed class Attention
{
    /// <summary>True while the window does not have the focus.</summary>
    public bool IsAway { get; private set; }

    /// <summary>The messages since the window has lost the focus; 0 while it has it.</summary>
    public int Unread { get; private set; }

    public void Note(int messages) => Unread += IsAway ? messages : 0;

    public void Leave() => IsAway = true;

    /// <summary>The window has the focus again. Returns a text for the user; null for nothing.</summary>
    public string? Return()
    {
        int unread = Unread;
        (IsAway, Unread) = (false, 0);
        return unread == 0 ? null
            : unread == 1 ? "-- 1 message while you were away --"
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"-- {unread} messages while you were away --");
    }
}
