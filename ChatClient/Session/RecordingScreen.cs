using ThreadedChat.ChatClient.Display;

namespace ThreadedChat.ChatClient.Session;

/// <summary>A screen whose lines are also kept, for a search and for the log.</summary>
internal sealed class RecordingScreen(Screen screen, SeenLines seen) : Screen
{
    public override void ShowBeforePrompt(string text)
    {
        seen.Add(text);
        screen.ShowBeforePrompt(text);
    }

    public override void ShowPrompt() => screen.ShowPrompt();

    public override void ShowNotice(string text)
    {
        seen.Add(text);
        screen.ShowNotice(text);
    }

    public override void ShowNews(string text)
    {
        seen.Add(text);
        screen.ShowNews(text);
    }

    public override void ShowPause(bool wasBrokenOff) => screen.ShowPause(wasBrokenOff);

    public override void ShowPlace(string? channel) => screen.ShowPlace(channel);

    public override void ShowStatus(string status) => screen.ShowStatus(status);

    public override void Clear() => screen.Clear();

    public override void ShowReceived(IReadOnlyList<ReceivedText> texts)
    {
        foreach (ReceivedLine line in texts.SelectMany(text => text.Lines))
        {
            seen.Add(line.Whole);
        }

        screen.ShowReceived(texts);
    }

    public override void Close(string finalLines) => screen.Close(finalLines);

    public override void Interrupt() => screen.Interrupt();

    /// <summary>The owner of the screen restores the terminal.</summary>
    public override void Dispose()
    {
    }
}
