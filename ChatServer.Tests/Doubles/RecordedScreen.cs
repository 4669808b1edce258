using System.Collections.Concurrent;
using ThreadedChat.ChatClient.Display;

namespace ThreadedChat.ChatServer.Tests.Doubles;

/// <summary>A screen that records its calls.</summary>
internal sealed class RecordedScreen : Screen
{
    private readonly ConcurrentQueue<string> _shown = [];

    public IReadOnlyList<string> Shown => [.. _shown];

    /// <summary>The texts of the prompt, each change once.</summary>
    public List<string> Statuses { get; } = [];

    public int Clears { get; private set; }

    public override void ShowBeforePrompt(string text) => _shown.Enqueue(text);

    public override void ShowPrompt()
    {
    }

    public override void ShowNotice(string text) => _shown.Enqueue(text);

    public override void ShowNews(string text) => _shown.Enqueue(text);

    public override void ShowStatus(string status)
    {
        if (Statuses is not [.., var last] || last != status)
        {
            Statuses.Add(status);
        }
    }

    public override void Clear() => Clears++;

    public override void ShowReceived(IReadOnlyList<ReceivedText> texts)
    {
        foreach (ReceivedText text in texts)
        {
            _shown.Enqueue(text.Text);
        }
    }

    public override void Close(string finalLines) => _shown.Enqueue(finalLines);

    public override void Interrupt()
    {
    }

    public override void Dispose()
    {
    }
}
