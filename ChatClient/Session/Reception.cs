using System.Diagnostics;
using System.Runtime.InteropServices;
using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>What one connection brings: frames out of the stream, noted and shown. One thread.</summary>
internal sealed class Reception(ServerLink link, Screen screen, Conversation conversation) : IDisposable
{
    /// <summary>A server that lets us in says nothing; one that refuses us says so and closes, long before this.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    /// <summary>Who sends more than this has let us in.</summary>
    private const int MostHeld = FrameBuffer.LargeSize;

    private readonly FrameBuffer _buffer = new();
    private readonly List<byte> _held = [];
    private long _frames;

    /// <summary>The first frame that came, as it came; empty if none did.</summary>
    public byte[] FirstFrame { get; private set; } = [];

    /// <summary>The frames that <see cref="Lasts"/> has held back.</summary>
    public ReadOnlySpan<byte> Held => CollectionsMarshal.AsSpan(_held);

    /// <summary>Once the connection is over: what the server refused. It says that in the first frame, which is the only one.</summary>
    public Refusal Refusal => _frames == 1 ? Refusals.Of(ReceivedFrame.Text(FirstFrame)) : Refusal.None;

    /// <summary>
    /// Waits for a moment, to see whether the server lets us in. False if it has ended the connection. What comes meanwhile is
    /// held back.
    /// </summary>
    public bool Lasts()
    {
        long began = Stopwatch.GetTimestamp();
        while (_held.Count < MostHeld && Settling - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } left && link.AwaitBytes(left))
        {
            if (!TryReceive())
            {
                return false;
            }

            _held.AddRange(_buffer.WholeFrames);
            _buffer.Next();
        }

        return true;
    }

    /// <summary>Shows <see cref="Held"/>.</summary>
    public void ShowHeld()
    {
        Show(Held);
        _held.Clear();
    }

    /// <summary>The end is the same whether the server closed between two frames, inside one (which is dropped), or reset.</summary>
    public void ShowUntilServerIsGone()
    {
        ShowHeld();
        while (TryReceive())
        {
            Show(_buffer.WholeFrames);
            _buffer.Next();
        }
    }

    public void Dispose() => _buffer.Dispose();

    private bool TryReceive()
    {
        if (link.Receive(_buffer.Free) is not (> 0 and var count))
        {
            return false;
        }

        _buffer.Received(count);
        ReadOnlySpan<byte> frames = _buffer.WholeFrames;
        if (_frames == 0 && !frames.IsEmpty)
        {
            FirstFrame = frames[..Frame.Size].ToArray();
        }

        _frames += frames.Length / Frame.Size;
        return true;
    }

    /// <summary>All in one write, but for what is no news.</summary>
    private void Show(ReadOnlySpan<byte> frames)
    {
        int start = 0;
        for (int i = 0; i < frames.Length; i += Frame.Size)
        {
            if (conversation.Heard(ReceivedFrame.Text(frames.Slice(i, Frame.Size))))
            {
                screen.ShowReceived(frames[start..i]);
                start = i + Frame.Size;
            }
        }

        screen.ShowReceived(frames[start..]);
    }
}
