using System.Text;
using ThreadedChat.ChatCheck.Programs;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>
/// The output of a process to one of its streams, in UTF-8. A test reads it piece by piece, and does not see a piece that it has read
/// again. For one thread, but for <see cref="All"/>.
/// </summary>
internal sealed class ProcessOutput
{
    private readonly ProgramOutput _printed = new(maxBytes: int.MaxValue);
    private readonly string _what;
    private int _seen;

    /// <summary>Collects <paramref name="stream"/> until its end. <paramref name="what"/> names it in messages.</summary>
    public ProcessOutput(Stream stream, string what)
    {
        _what = what;
        _printed.Collect(stream);
    }

    /// <summary>All that was printed so far.</summary>
    public string All => Encoding.UTF8.GetString(_printed.From(0));

    /// <summary>The next output must be exactly <paramref name="expected"/>; later output stays unread.</summary>
    public void MustPrint(string expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(expected);
        Await((unseen, hasEnded) => unseen.Length >= bytes.Length || hasEnded, $"'{expected}' should have been printed");
        byte[] unseen = _printed.From(_seen);
        Assert.AreEqual(expected, Encoding.UTF8.GetString(unseen, 0, Math.Min(bytes.Length, unseen.Length)), Report());
        _seen += bytes.Length;
    }

    /// <summary>Waits until <paramref name="isEnough"/> holds for everything printed since the last look, and returns that.</summary>
    public string AwaitSinceLastLook(Func<string, bool> isEnough, string reason, TimeSpan? limit = null) =>
        Take(Await((unseen, _) => isEnough(Encoding.UTF8.GetString(unseen)), reason, limit));

    /// <summary>Waits until the unread output ends with <paramref name="ending"/>, and returns it.</summary>
    public string AwaitEnding(string ending) =>
        AwaitSinceLastLook(text => text.EndsWith(ending, StringComparison.Ordinal), $"'{ending}' should have been printed last");

    /// <summary>Everything printed since the last look until the stream's end, for which it waits.</summary>
    public string AwaitEnd() => Take(Await((_, hasEnded) => hasEnded, "it should have come to its end"));

    private string Take(byte[] unseen)
    {
        _seen += unseen.Length;
        return Encoding.UTF8.GetString(unseen);
    }

    /// <summary>Waits until <paramref name="isEnough"/> holds for the bytes since the last look, and returns these.</summary>
    private byte[] Await(Func<byte[], bool, bool> isEnough, string reason, TimeSpan? limit = null)
    {
        TimeSpan wait = limit ?? Limit.Wait;
        byte[] unseen = [];
        bool isRight = _printed.Await(_seen, wait, (bytes, hasEnded) =>
        {
            unseen = bytes;
            return isEnough(bytes, hasEnded);
        });
        Assert.IsTrue(isRight, $"Not within {wait.TotalSeconds} s: {reason}. {Report()}");
        return unseen;
    }

    private string Report() => $"{_what} {(_printed.HasEnded ? "has ended" : "is open")}; all of it: '{Escape(All)}'";

    private static string Escape(string text) =>
        text.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n\n", StringComparison.Ordinal);
}
