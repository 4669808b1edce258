using System.Diagnostics;
using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// Receives on one connection: decodes each frame once, tells the conversation, and shows the text. Used by one thread.
/// </summary>
/// <param name="link">The connection.</param>
/// <param name="screen">Shows the texts.</param>
/// <param name="conversation">Gets all texts.</param>
/// <param name="ignored">The names whose texts are not shown.</param>
/// <param name="watch">Detects that the server is unreachable; null in plain output, where TCP alone does.</param>
internal sealed class Reception(
    ServerLink link, Screen screen, Conversation conversation, IgnoredNames ignored, AnswerWatch? watch) : IDisposable
{
    /// <summary>A server that accepts a client sends nothing at first. One that rejects a client says so and closes, much sooner than this.</summary>
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(1);

    /// <summary>A server that sends more than this has accepted the client.</summary>
    private const int MostHeldFrames = FrameBuffer.LargeSize / Frame.Size;

    /// <summary>The line between what was said before the client joined and what is said now.</summary>
    private const string EndOfEarlier = "-- the lines above were said earlier --";

    private readonly FrameBuffer _buffer = new();
    private readonly List<ReceivedText> _held = [];
    private long _frames;

    /// <summary>The text of the first frame; empty if there was no frame or it shows nothing.</summary>
    public string FirstText { get; private set; } = "";

    /// <summary>True if the server has ended the connection finally, with its last frame.</summary>
    public bool IsRemoved { get; private set; }

    /// <summary>The frames that <see cref="Lasts"/> has received and not shown: their text, with <c>\n</c> between frames.</summary>
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
    /// inside a frame (which is discarded), or resets the connection.
    /// </summary>
    public void ShowUntilServerIsGone()
    {
        ShowHeld();
        while (watch?.AwaitBytes() != false && TryReceive(out List<ReceivedText> texts))
        {
            Show(texts);
        }
    }

    public void Dispose() => _buffer.Dispose();

    private bool TryReceive(out List<ReceivedText> texts)
    {
        texts = [];
        if (link.Receive(_buffer.FreeSpace) is not (> 0 and var count))
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

        IsRemoved = texts is [.., var last] ? RejectionTexts.IsRemoval(last.Text) : IsRemoved;
        _frames += frames.Length / Frame.Size;
        _buffer.RemoveFrames();
        return true;
    }

    /// <summary>Leaves out the answers to requests that the client has made by itself, and the texts of ignored names.</summary>
    private void Show(List<ReceivedText> texts)
    {
        var shown = new List<ReceivedText>(texts.Count);
        foreach (ReceivedText text in texts)
        {
            if (watch is not null && text.Text == ProtocolText.JoinRequiresArgument)
            {
                // The answers before it must be on the screen first: with this one the thread "input" knows which lines it does not send.
                ShowReceived(shown);
                shown.Clear();
            }

            bool isIgnored = ignored.Matches(text);
            ReceivedMeaning meaning = conversation.NoteReceived(text, isIgnored);
            if (!meaning.IsHidden && !isIgnored)
            {
                shown.Add(text);
            }

            if (meaning.News is { } news)
            {
                ShowReceived(shown);
                shown.Clear();
                screen.ShowNews(news);
            }

            if (meaning.Earlier?.Where(earlier => !ignored.Matches(earlier)).ToList() is { Count: > 0 } unseen)
            {
                ShowReceived(shown);
                shown.Clear();
                screen.ShowReceived(unseen);
                screen.ShowNews(EndOfEarlier);
            }
        }

        ShowReceived(shown);
        if (watch is not null)
        {
            screen.ShowPlace(conversation.Place);
            screen.ShowStatus(conversation.Status);
        }
    }

    private void ShowReceived(List<ReceivedText> texts)
    {
        if (texts.Count > 0)
        {
            screen.ShowReceived(texts);
        }
    }
}
