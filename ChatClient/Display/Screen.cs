namespace ThreadedChat.ChatClient.Display;

/// <summary>
/// The only writer to standard output. Several threads may call it: each Show method is one write, and no other bytes appear in
/// between. The Show methods throw <see cref="IOException"/> if standard output is closed.
/// </summary>
internal abstract class Screen : IDisposable
{
    /// <summary>Shows a text of the client before the first prompt.</summary>
    public abstract void ShowBeforePrompt(string text);

    public abstract void ShowPrompt();

    /// <summary>Shows a text of the client about the line just entered, and a new prompt.</summary>
    public abstract void ShowNotice(string text);

    /// <summary>Shows a text of the client above the current prompt.</summary>
    public abstract void ShowNews(string text);

    /// <summary>
    /// Called when the connection is lost, before the user is informed: a screen with line editing tells the user if this process did not
    /// run just before, which is then the cause. Plain output has no such text, because its bytes are fixed.
    /// </summary>
    /// <param name="wasBrokenOff">The server has not closed the connection normally.</param>
    public virtual void ShowPause(bool wasBrokenOff)
    {
    }

    /// <summary>Shows in which channel the client is; null for none. Plain output does not show it.</summary>
    public virtual void ShowPlace(string? channel)
    {
    }

    /// <summary>Shows the state of lines on their way in the prompt; empty for nothing. Plain output does not show it.</summary>
    public virtual void ShowStatus(string status)
    {
    }

    /// <summary>Clears the screen except for the line. Plain output stays.</summary>
    public virtual void Clear()
    {
    }

    /// <summary>Shows the texts of one receive, in one write.</summary>
    public abstract void ShowReceived(IReadOnlyList<ReceivedText> texts);

    /// <summary>
    /// Shows <paramref name="finalLines"/> in place of the prompt. Later calls of any thread show nothing. If standard output or the
    /// screen is closed already, nothing is shown.
    /// </summary>
    /// <param name="finalLines">Complete lines, each with its line break.</param>
    public abstract void Close(string finalLines);

    /// <summary>As <see cref="Close"/>, but an unfinished line stays visible, and the cursor goes to a new row.</summary>
    public abstract void Interrupt();

    /// <summary>Restores the terminal. Never waits for another thread, so it may be called in any state.</summary>
    public abstract void Dispose();
}
