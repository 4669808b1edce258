namespace ThreadedChat.ChatClient.Display;

/// <summary>
/// What is on standard output, and alone in writing to it. Called by several threads: each Show… below is one write, and
/// nothing comes between its bytes. Those throw <see cref="IOException"/> when standard output is gone.
/// </summary>
internal abstract class Screen : IDisposable
{
    /// <summary>Tells the user something of our own before the first line has been asked for.</summary>
    public abstract void ShowBeforePrompt(string text);

    /// <summary>Asks for a line.</summary>
    public abstract void ShowPrompt();

    /// <summary>Tells the user something of our own about the line just entered, and asks for a line again.</summary>
    public abstract void ShowNotice(string text);

    /// <summary>Tells the user something of our own, though a line has been asked for: it goes above that.</summary>
    public abstract void ShowNews(string text);

    /// <summary>
    /// Called when the server is gone, before that is told: where lines are edited, tells the user if this process did not run
    /// just before, which is then the reason. Elsewhere nothing: the bytes there are fixed.
    /// </summary>
    public virtual void ShowPause()
    {
    }

    /// <summary>Shows what the server sent, in one write.</summary>
    public abstract void ShowReceived(IReadOnlyList<ReceivedText> texts);

    /// <summary>
    /// Shows <paramref name="lastWords"/> in place of the prompt; whatever any thread shows from now on is dropped. If
    /// standard output is gone, or the screen is closed already, nothing is shown.
    /// </summary>
    /// <param name="lastWords">Whole lines, each with its line break.</param>
    public abstract void Close(string lastWords);

    /// <summary>As <see cref="Close"/>, but what is half typed stays, and the cursor goes to a line of its own.</summary>
    public abstract void Interrupt();

    /// <summary>Leaves the terminal as it was found. Waits for nobody, so it may be called in any state.</summary>
    public abstract void Dispose();
}
