using System.Diagnostics;
using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// Receives on one connection: decodes each frame once, tells the conversation, and shows the text. Used by one thread.
/// </summary>
internal sealed class Reception(ServerLink link, Screen screen, Conversation conversation) : IDisposable
{
    /// <summary>A server that accepts a client sends nothing at first. One that rejects a client says so and closes, much sooner than this.</summary>
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(1);

    /// <summary>A server that sends more than this has accepted the client.</summary>
    private const int MostHeldFrames = FrameBuffer.LargeSize / Frame.Size;

    private readonly FrameBuffer _buffer = new();
    private readonly List<ReceivedText> _held = [];
    private long _frames;

    /// <summary>The text of the first frame; empty if no frame came or it shows nothing.</summary>
    public string FirstText { get; private set; } = "";

    /// <summary>What <see cref="Lasts"/> has received and not shown: its text, with <c>\n</c> between frames.</summary>
    public string HeldText => string.Join('\n', _held.Select(held => held.Text));

    /// <summary>The reason, once the connection has ended. A server that rejects a client sends the reason as the only frame.</summary>
    public ServerRejection ServerRejection => _frames == 1 ? RejectionTexts.Of(FirstText) : ServerRejection.None;

    /// <summary>
    /// Waits for a moment to see whether the server accepts this client. False if the server has ended the connection. Frames that
    /// arrive in the meantime are held back.
    /// </summary>
    public bool Lasts()
    {
        long began = Stopwatch.GetTimestamp();
        while (_frames < MostHeldFrames && SettlingTime - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } left && link.AwaitBytes(left))
        {
            if (!TryReceive(out List<ReceivedText> texts))
            {
                return false;
            }

            _held.AddRange(texts);
        }

        return true;
    }

    public void ShowHeld()
    {
        Show(_held);
        _held.Clear();
    }

    /// <summary>
    /// Shows all that one receive brings in one write. The end is the same whether the server closes between two frames, closes
    /// inside a frame (which is dropped), or resets the connection.
    /// </summary>
    public void ShowUntilServerIsGone()
    {
        ShowHeld();
        while (TryReceive(out List<ReceivedText> texts))
        {
            Show(texts);
        }
    }

    public void Dispose() => _buffer.Dispose();

    private bool TryReceive(out List<ReceivedText> texts)
    {
        texts = [];
        if (link.Receive(_buffer.Free) is not (> 0 and var count))
        {
            return false;
        }

        _buffer.Received(count);
        ReadOnlySpan<byte> frames = _buffer.WholeFrames;
        texts = ReceivedText.DecodeAll(frames);
        if (_frames == 0 && !frames.IsEmpty)
        {
            FirstText = texts is [var first, ..] ? first.Text : "";
        }

        _frames += frames.Length / Frame.Size;
        _buffer.Next();
        return true;
    }

    /// <summary>Leaves out the answers to requests that the client has made by itself.</summary>
    private void Show(List<ReceivedText> texts)
    {
        List<ReceivedText> news = texts.FindAll(text => !conversation.Heard(text));
        if (news.Count > 0)
        {
            screen.ShowReceived(news);
        }
    }
}
