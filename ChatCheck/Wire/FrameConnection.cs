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
    public ReceivedFrame Read(string? expected = null) => ReadNext(Clock.ForAnswer(), expected) ?? throw Missing(expected);

    /// <summary>As <see cref="Read"/>; null if none arrives, which other cases find.</summary>
    public ReceivedFrame? ReadIfAny(string? expected = null) => ReadNext(Clock.Within(Clock.Timeouts.Reply), expected);

    /// <summary>The next frame must have this text. Differences that the assignment allows are ignored.</summary>
    public void Expect(string text) => RequireText(Read(text), text);

    /// <summary>As <see cref="Expect"/>; false if nothing arrives.</summary>
    public bool ExpectIfAny(string text)
    {
        if (ReadIfAny(text) is not ReceivedFrame frame)
        {
            return false;
        }

        RequireText(frame, text);
        return true;
    }

    /// <summary>As <see cref="Expect"/>, behind any number of frames with another text.</summary>
    public void ExpectBehind(string repeated, string text)
    {
        for (int count = 0; count < MostFrames; count++)
        {
            ReceivedFrame frame = Read(text);
            if (frame.Text != repeated)
            {
                RequireText(frame, text);
                return;
            }
        }

        throw Findings.Flood(Who, MostFrames);
    }

    /// <summary>The texts of all frames up to one with this text, which must come.</summary>
    public List<string> ReadUntil(string last)
    {
        var texts = new List<string>();
        while (texts.Count < MostFrames)
        {
            texts.Add(Read(last).Text);
            if (texts[^1] == last)
            {
                return texts;
            }
        }

        throw Findings.Flood(Who, MostFrames);
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
        CaseClock.Wait wait = Clock.ForAnswer();
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
    public bool Skip(CaseClock.Wait wait)
    {
        ReceiveWhile(wait, () => UnreadCount < FrameFormat.Size);
        return Take(Math.Min(FrameFormat.Size, UnreadCount)).Length == FrameFormat.Size;
    }

    /// <summary>The unread bytes must be whole frames; the rest of one may still be on its way.</summary>
    public void RequireWholeFrames()
    {
        if (HasPartOfFrame())
        {
            throw Findings.OutOfStep(Who, UnreadCount % FrameFormat.Size, PeekAll(), expected: null);
        }
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

        ReceiveWhile(Clock.ForRest(), () => UnreadCount < FrameFormat.Size);
        return UnreadCount >= FrameFormat.Size
            ? new ReceivedFrame(Take(FrameFormat.Size))
            : throw Findings.Torn(Who, Take(UnreadCount), expected, HasEnded);
    }

    private ReceivedFrame? ReadNext(CaseClock.Wait wait, string? expected)
    {
        for (int count = 0; count < MostFrames; count++)
        {
            ReceivedFrame? frame = TryRead(wait, expected);
            if (frame is null || !(frame.IsBlank || IsExtra(frame, expected)))
            {
                return frame;
            }
        }

        throw Findings.Flood(Who, MostFrames);
    }

    private bool HasPartOfFrame()
    {
        ReceiveWhile(Clock.ForRest(), () => UnreadCount % FrameFormat.Size != 0);
        return UnreadCount % FrameFormat.Size != 0;
    }

    private void RequireText(ReceivedFrame frame, string text)
    {
        if (frame.Text != text)
        {
            throw IsShifted(frame, text, out int offset)
                ? Findings.OutOfStep(Who, offset, frame.Bytes, text)
                : Findings.OtherMessage(Who, text, frame);
        }
    }

    /// <summary>
    /// Whether the text comes after some padding: then an earlier frame was too short or too long. One blank may belong to the
    /// text, unless there is a part of a frame too.
    /// </summary>
    private bool IsShifted(ReceivedFrame frame, string text, out int offset)
    {
        offset = frame.Bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text));
        return offset > 0 && (offset == 1 ? frame.Bytes[0] == ' ' && HasPartOfFrame() : frame.Bytes.AsSpan(0, offset).EndsWith("  "u8));
    }
}
