using System.Text;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>
/// What a process prints to one of its streams. A thread collects it; a test looks at it piece by piece, and what it has
/// looked at it does not see again. UTF-8.
/// </summary>
internal sealed class ProcessOutput
{
    private readonly object _gate = new();
    private readonly StringBuilder _printed = new();
    private readonly string _what;
    private int _seen;
    private bool _hasEnded;

    /// <summary>Collects <paramref name="stream"/> until its end. <paramref name="what"/> names it in messages.</summary>
    public ProcessOutput(Stream stream, string what)
    {
        _what = what;
        new Thread(() => Collect(stream)) { Name = what, IsBackground = true }.Start();
    }

    /// <summary>All that was printed so far.</summary>
    public string All
    {
        get
        {
            lock (_gate)
            {
                return _printed.ToString();
            }
        }
    }

    /// <summary>What comes next must be exactly <paramref name="expected"/>; what comes behind it is left for later.</summary>
    public void MustPrint(string expected)
    {
        lock (_gate)
        {
            Await(() => _printed.Length - _seen >= expected.Length || _hasEnded, $"'{expected}' should have been printed");
            Assert.AreEqual(expected, _printed.ToString(_seen, Math.Min(expected.Length, _printed.Length - _seen)), Report());
            _seen += expected.Length;
        }
    }

    /// <summary>Waits until <paramref name="isEnough"/> holds for everything printed since the last look, and returns that.</summary>
    public string AwaitSinceLastLook(Func<string, bool> isEnough, string reason, TimeSpan? limit = null)
    {
        lock (_gate)
        {
            Await(() => isEnough(_printed.ToString(_seen, _printed.Length - _seen)), reason, limit);
            return TakeUnseen_NeedsGate();
        }
    }

    /// <summary>Everything printed since the last look until the stream's end, for which it waits.</summary>
    public string AwaitEnd()
    {
        lock (_gate)
        {
            Await(() => _hasEnded, "it should have come to its end");
            return TakeUnseen_NeedsGate();
        }
    }

    private string TakeUnseen_NeedsGate()
    {
        string unseen = _printed.ToString(_seen, _printed.Length - _seen);
        _seen = _printed.Length;
        return unseen;
    }

    /// <summary>Waits, giving the gate up meanwhile, until <paramref name="condition"/> holds.</summary>
    private void Await(Func<bool> condition, string reason, TimeSpan? limit = null)
    {
        TimeSpan wait = limit ?? Limit.Wait;
        long deadline = Environment.TickCount64 + (long)wait.TotalMilliseconds;
        while (!condition())
        {
            long left = deadline - Environment.TickCount64;
            if (left <= 0)
            {
                Assert.Fail($"Not within {wait.TotalSeconds} s: {reason}. {Report()}");
            }

            Monitor.Wait(_gate, (int)left);
        }
    }

    private string Report() => $"{_what} {(_hasEnded ? "has ended" : "is open")}; all of it: '{Escape(_printed.ToString())}'";

    private static string Escape(string text) =>
        text.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n\n", StringComparison.Ordinal);

    private void Collect(Stream stream)
    {
        var bytes = new byte[4096];
        var chars = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        Decoder decoder = Encoding.UTF8.GetDecoder(); // a character may come in two reads
        int count;
        while ((count = stream.Read(bytes)) > 0)
        {
            Add(chars.AsSpan(0, decoder.GetChars(bytes.AsSpan(0, count), chars, flush: false)), isEnd: false);
        }

        Add(chars.AsSpan(0, decoder.GetChars([], chars, flush: true)), isEnd: true);
    }

    private void Add(ReadOnlySpan<char> text, bool isEnd)
    {
        lock (_gate)
        {
            _printed.Append(text);
            _hasEnded = isEnd;
            Monitor.PulseAll(_gate);
        }
    }
}
