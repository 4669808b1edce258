using System.Net.Sockets;
using System.Text;
using static ThreadedChat.ChatCheck.Wire.Transcript;

namespace ThreadedChat.ChatCheck.Wire;

/// <summary>The checker's end of one connection, as a stream of frames.</summary>
internal class FrameConnection(string who, Socket socket, Transcript transcript, CaseClock clock)
    : ByteConnection(who, socket, transcript, clock)
{
    /// <summary>More frames than any case receives at a time.</summary>
    protected const int MostFrames = 5_000;

    /// <summary>Sends one frame for each text, all in one call.</summary>
    public void Send(params IEnumerable<string> texts)
    {
        byte[][] frames = [.. texts.Select(FrameFormat.Encode)];
        foreach (byte[] frame in frames)
        {
            Transcript.Add(Who, Direction.Sent, frame);
        }

        Put([.. frames.SelectMany(frame => frame)]);
    }

    /// <summary>The next frame that is not blank.</summary>
    /// <param name="expected">The text that is expected, for the finding.</param>
    public ReceivedFrame Read(string? expected = null)
    {
        CaseClock.Wait wait = Clock.Within(Clock.Timeouts.Reply);
        for (int count = 0; count < MostFrames; count++)
        {
            ReceivedFrame frame = TryRead(wait, expected) ?? throw Missing(expected);
            if (!frame.IsBlank && !IsExtra(frame, expected))
            {
                return frame;
            }
        }

        throw Findings.Flood(Who, MostFrames);
    }

    /// <summary>The next frame; null if none arrives, which other cases find.</summary>
    public ReceivedFrame? ReadIfAny() => TryRead(Clock.Within(Clock.Timeouts.Reply), expected: null);

    /// <summary>The next frame must have this text. Differences that the assignment allows are ignored.</summary>
    public void Expect(string text)
    {
        ReceivedFrame frame = Read(text);
        if (frame.Text != text)
        {
            // The text behind some padding: then an earlier frame was too short or too long.
            int offset = frame.Bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text));
            throw offset > 1 && frame.Bytes.AsSpan(0, offset).EndsWith("  "u8)
                ? Findings.OutOfStep(Who, offset, frame.Bytes, text)
                : Findings.OtherMessage(Who, text, frame);
        }
    }

    /// <summary>The next frame must have this text and nothing else but padding.</summary>
    public void ExpectExactly(string text)
    {
        ReceivedFrame frame = Read(text);
        if (frame.ExactText != text)
        {
            throw Findings.OtherMessage(Who, text, frame);
        }
    }

    /// <summary>All frames until the other side ends the stream, which it must.</summary>
    public List<ReceivedFrame> ReadToEnd()
    {
        var frames = new List<ReceivedFrame>();
        CaseClock.Wait wait = Clock.Within(Clock.Timeouts.Reply);
        while (frames.Count < MostFrames && TryRead(wait, expected: null) is ReceivedFrame frame)
        {
            if (!IsExtra(frame, expected: null))
            {
                frames.Add(frame);
            }
        }

        return HasEnded ? frames : throw NotClosed();
    }

    /// <summary>Takes the bytes of the next frame, valid or not; false if they are fewer than a frame.</summary>
    public bool Skip(TimeSpan limit)
    {
        ReceiveWhile(Clock.Within(limit), () => UnreadCount < FrameFormat.Size);
        return Take(Math.Min(FrameFormat.Size, UnreadCount)).Length == FrameFormat.Size;
    }

    /// <summary>True for a frame that the other side may send at any time, besides what a case makes it send.</summary>
    /// <param name="frame">The bytes that arrived.</param>
    /// <param name="expected">The text that the case waits for; null for any.</param>
    protected virtual bool IsExtra(ReceivedFrame frame, string? expected) => false;

    /// <summary>The next frame; null if none has begun in time or the stream has ended.</summary>
    protected ReceivedFrame? TryRead(CaseClock.Wait wait, string? expected)
    {
        ReceiveWhile(wait, () => UnreadCount == 0);
        if (UnreadCount == 0)
        {
            return null;
        }

        CaseClock.Wait rest = Clock.Within(Clock.Timeouts.Rest);
        ReceiveWhile(rest, () => UnreadCount < FrameFormat.Size);
        return UnreadCount >= FrameFormat.Size
            ? new ReceivedFrame(Take(FrameFormat.Size))
            : throw Findings.Torn(Who, Take(UnreadCount), expected, HasEnded);
    }

    /// <summary>The unread bytes must be whole frames; the rest of one may still be on its way.</summary>
    protected void RequireWholeFrames()
    {
        CaseClock.Wait wait = Clock.Within(Clock.Timeouts.Rest);
        ReceiveWhile(wait, () => UnreadCount % FrameFormat.Size != 0 && !wait.IsOver);
        if (UnreadCount % FrameFormat.Size != 0)
        {
            throw Findings.OutOfStep(Who, UnreadCount % FrameFormat.Size, PeekAll(), expected: null);
        }
    }
}
