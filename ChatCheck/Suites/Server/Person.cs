using System.Net.Sockets;
using System.Text;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>A user of the server under test: one connection, and the questions that show that nothing more is on its way.</summary>
/// <remarks><c>others</c> are all users that this case has connected.</remarks>
internal sealed class Person(
    string who, Socket socket, Transcript transcript, CaseClock clock, Fences fences, IReadOnlyList<Person> others)
    : FrameConnection(who, socket, transcript, clock)
{
    /// <summary>There must be no message for this person at this moment.</summary>
    public void ExpectNothing()
    {
        if (Fence() is [var first, ..])
        {
            throw Findings.Unwanted(Who, first);
        }
    }

    /// <summary>
    /// All messages for this person at this moment, without blank ones. When this returns, the server has processed all that
    /// this person sent.
    /// </summary>
    public List<ReceivedFrame> Fence() => Fence(() => Clock.ForAnswer());

    /// <summary>As <see cref="Fence()"/>, in a case that is about the time which the server takes: the wait is never shorter than that of an answer.</summary>
    public List<ReceivedFrame> FenceInTime() => Fence(InTime);

    /// <summary>Whether the server answers the question of a fence. A failure is no finding here.</summary>
    public bool AnswersFence()
    {
        try
        {
            if (fences.AreOfAnyLength)
            {
                TakeThroughAnswer(InTime); // what comes before the answer is for the cases to find
            }
            else
            {
                FenceInTime();
            }

            return true;
        }
        catch (CaseFailedException)
        {
            return false;
        }
    }

    /// <summary>How many bytes the server sends in front of the text of an answer, for <see cref="Fences.BytesBeforeText"/>; to be called when nothing is on its way.</summary>
    /// <exception cref="CaseFailedException">It does not answer.</exception>
    public int CountBytesBeforeAnswer() => WithoutLatePadding(TakeThroughAnswer(InTime)).Length;

    protected override string? FindOtherReceiver() => others.FirstOrDefault(other => other is { IsOpen: true, HasReceived: true })?.Who;

    private CaseClock.Wait InTime() => Clock.Within(Clock.Timeouts.Reply);

    private List<ReceivedFrame> Fence(Func<CaseClock.Wait> begin) =>
        fences.AreOfAnyLength ? ReadUntilText(begin)
        : fences.Style == FenceStyle.Quiet ? ReadUntilQuiet()
        : ReadUntilAnswer(begin);

    private List<ReceivedFrame> ReadUntilAnswer(Func<CaseClock.Wait> begin)
    {
        (byte[] sent, string word, string answer) = Ask();
        byte[] sign = Encoding.UTF8.GetBytes(word);
        var before = new List<ReceivedFrame>();
        CaseClock.Wait wait = begin();
        for (int count = 0; count < MostFrames; count++)
        {
            if (TryRead(wait, answer) is not ReceivedFrame frame)
            {
                Transcript.AddUnanswered(Who, sent);
                throw Missing(answer);
            }

            if (frame.Bytes.AsSpan().IndexOf(sign) >= 0)
            {
                RequireWholeFrames();
                return before;
            }

            if (!frame.IsBlank)
            {
                before.Add(frame);
            }
        }

        throw Findings.Flood(Who, MostFrames);
    }

    private List<ReceivedFrame> ReadUntilText(Func<CaseClock.Wait> begin)
    {
        byte[] all = TakeThroughAnswer(begin);
        byte[] before = all[..Math.Max(0, all.Length - fences.BytesBeforeText)];
        before = before.Length % FrameFormat.Size == 0 ? before : WithoutLatePadding(before);
        return before.Length % FrameFormat.Size == 0
            ? [.. before.Chunk(FrameFormat.Size).Select(bytes => new ReceivedFrame(bytes)).Where(frame => !frame.IsBlank)]
            : throw Findings.Torn(Who, before, expected: null, HasEnded);
    }

    /// <summary>Without the padding of the last answer, if the server sends text and padding in two calls and the padding came after the text was read.</summary>
    private static byte[] WithoutLatePadding(byte[] bytes) => bytes.AsSpan().TrimStart(" \n\r"u8).ToArray();

    /// <summary>Asks, and reads the answer with what may be its padding. Returns the bytes before its text.</summary>
    private byte[] TakeThroughAnswer(Func<CaseClock.Wait> begin)
    {
        (byte[] sent, _, string answer) = Ask();
        byte[] text = Encoding.UTF8.GetBytes(answer);
        int at = -1;
        ReceiveWhile(begin(), () => (at = PeekAll().AsSpan().IndexOf(text)) < 0);
        if (at < 0)
        {
            Transcript.AddUnanswered(Who, sent);
            throw UnreadCount > 0 ? Findings.Torn(Who, Take(UnreadCount), answer, HasEnded) : Missing(answer);
        }

        byte[] before = Take(at);
        int padding = PeekAll().AsSpan(text.Length).IndexOfAnyExcept(" \n\r\0"u8);
        Take(padding < 0 ? UnreadCount : text.Length + padding);
        return before;
    }

    private (byte[] Sent, string Word, string Answer) Ask()
    {
        // A server that takes each receive for one message would sometimes lose the question. Cases about that must find it
        // each time, and other cases must not find it now and then.
        AwaitReadOfSent(Clock.Timeouts.BeforeQuestion);

        (string question, string word, string answer) = fences.Next();
        byte[] sent = FrameFormat.Encode(question);
        Transcript.Add(Who, Transcript.Direction.Sent, sent, isFence: true);
        Put(sent);
        ForgetUnconfirmed();
        return (sent, word, answer);
    }

    private List<ReceivedFrame> ReadUntilQuiet()
    {
        var frames = new List<ReceivedFrame>();
        while (frames.Count < MostFrames)
        {
            if (TryRead(Clock.Within(Clock.Timeouts.Quiet), expected: null) is not ReceivedFrame frame)
            {
                return HasEnded ? throw Missing(expected: null) : frames;
            }

            if (!frame.IsBlank)
            {
                frames.Add(frame);
            }
        }

        throw Findings.Flood(Who, MostFrames);
    }
}
