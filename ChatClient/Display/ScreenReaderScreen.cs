using System.Text;
using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatClient.Display;

/// <summary>
/// Standard output for a program that reads the terminal aloud: each line once, without prompt, colour or any other sequence, and
/// nothing is drawn again. The terminal edits the line that the user types.
/// </summary>
internal sealed class ScreenReaderScreen(Terminal terminal, MessageStyle style) : Screen
{
    // Guards writing to the terminal, style and _isClosed. Held while a write waits for a slow terminal: other threads need it only to
    // print as well.
    private readonly Lock _gate = new();
    private bool _isClosed;

    public override void ShowBeforePrompt(string text) => ShowNews(text);

    public override void ShowPrompt()
    {
        // A prompt would be read aloud after each message.
    }

    public override void ShowNotice(string text) => ShowNews(text);

    public override void ShowNews(string text) => Show(() => style.FormatOwn(text));

    public override void ShowReceived(IReadOnlyList<ReceivedText> texts) => Show(() => style.Format(texts));

    public override void Close(string finalLines)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            try
            {
                terminal.Write(Encoding.UTF8.GetBytes(finalLines));
            }
            catch (IOException)
            {
                // The program ends anyway.
            }
        }
    }

    public override void Interrupt() => Close("\n");

    public override void Dispose()
    {
        // Nothing was changed.
    }

    private void Show(Func<IReadOnlyList<ScreenLine>> lines)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                terminal.Write(Encoding.UTF8.GetBytes(string.Concat(lines().Select(line => $"{line.Text}\n"))));
            }
        }
    }
}
