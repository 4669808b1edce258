using System.Runtime.ExceptionServices;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Doubles;

/// <summary>A thread whose end, and whose exception, a test sees.</summary>
internal sealed class TestThread
{
    private readonly Thread _thread;
    private readonly string _what;
    private ExceptionDispatchInfo? _fault;

    private TestThread(string what, Action body)
    {
        _what = what;
        _thread = new Thread(() => Run(body)) { IsBackground = true };
    }

    /// <summary>True while the body has not returned.</summary>
    public bool IsRunning => _thread.IsAlive;

    /// <summary>Starts <paramref name="body"/>. <paramref name="what"/> describes it in the failure if it does not end.</summary>
    public static TestThread Start(string what, Action body)
    {
        var started = new TestThread(what, body);
        started._thread.Start();
        return started;
    }

    /// <summary>
    /// Runs <paramref name="body"/> with 0 to <paramref name="count"/> - 1, each on a thread of its own, which all set out
    /// at the same moment. Returns when all are through.
    /// </summary>
    public static void Meet(int count, Action<int> body) =>
        Together.Run(Enumerable.Range(0, count).Select<int, Action>(i => () => body(i)));

    /// <summary>Waits until the thread is blocked: in a wait of the code under test.</summary>
    public void AwaitBlocked() =>
        Eventually.True(() => _thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), $"{_what} should be blocked");

    /// <summary>Waits for a while: true if the body has returned by then.</summary>
    public bool HasEndedWithin(TimeSpan time) => _thread.Join(time);

    /// <summary>Waits until the body has returned, and throws its exception, if any.</summary>
    public void AwaitEnd()
    {
        Assert.IsTrue(_thread.Join(Limit.Wait), $"Not within {Limit.Wait.TotalSeconds} s: {_what} should have ended");
        _fault?.Throw();
    }

    private void Run(Action body)
    {
        try
        {
            body();
        }
#pragma warning disable CA1031 // Whatever it is, it is thrown again where the test waits.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _fault = ExceptionDispatchInfo.Capture(fault);
        }
    }
}
