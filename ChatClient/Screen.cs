using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient;

/// <summary>
/// What is on standard output, written by several threads: each Show… below is one write, and nothing
/// comes between its bytes. All but <see cref="Close"/> throw <see cref="IOException"/> when standard output is gone.
/// </summary>
internal sealed class Screen(Terminal terminal)
{
    // Guards writing to the terminal, and _isClosed. Held while a write waits for a slow reader: to print is all
    // the others could want it for.
    private readonly Lock _gate = new();
    private bool _isClosed;

    /// <summary>Asks for a line.</summary>
    public void ShowPrompt() => Write(ProtocolText.MessagePrefix);

    /// <summary>Tells the user something of our own, in one line, and asks for a line again.</summary>
    public void ShowNotice(string text) => Write($"{text}\n{ProtocolText.MessagePrefix}");

    /// <summary>Shows what the server sent: <paramref name="frames"/>, any number of whole ones, with whatever bytes.</summary>
    public void ShowReceived(ReadOnlySpan<byte> frames)
    {
        var shown = new byte[frames.Length / Frame.Size * ReceivedFrame.MaxLength];
        int length = 0;
        for (; !frames.IsEmpty; frames = frames[Frame.Size..])
        {
            length += ReceivedFrame.Format(frames[..Frame.Size], shown.AsSpan(length));
        }

        Write(shown.AsSpan(0, length));
    }

    /// <summary>
    /// Shows <paramref name="lastWords"/> as they are; whatever any thread shows from now on is dropped. If standard
    /// output is gone, or this was called before, nothing is shown.
    /// </summary>
    public void Close(string lastWords)
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
                terminal.Write(Encoding.UTF8.GetBytes(lastWords));
            }
            catch (IOException)
            {
                // The program ends anyway, for the reason it has.
            }
        }
    }

    private void Write(string text) => Write(Encoding.UTF8.GetBytes(text));

    private void Write(ReadOnlySpan<byte> utf8)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                terminal.Write(utf8);
            }
        }
    }
}
