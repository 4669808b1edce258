using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatClient.Display;

/// <summary>
/// The wait for the answer of a terminal that was asked for its cursor position. Some terminals never answer. An answer that comes
/// after the end of the program would become input of the shell. Thread-safe.
/// </summary>
/// <param name="giveUp">Called by a thread of the runtime if the answer is late.</param>
internal sealed class AnswerWait(Action giveUp) : IDisposable
{
    /// <summary>How long the screen waits for an answer.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>How long the end of the program waits for an answer.</summary>
    private static readonly TimeSpan LimitAtEnd = TimeSpan.FromMilliseconds(100);

    private readonly ManualResetEventSlim _isAnswered = new(initialState: true); // no question is open
    private readonly Timer _timer = new(_ => giveUp());

    /// <summary>A question was sent.</summary>
    public void Begin() => _timer.Change(Limit, Timeout.InfiniteTimeSpan);

    /// <summary>Notes whether a question is open.</summary>
    public void Set(bool isOpen)
    {
        if (isOpen)
        {
            _isAnswered.Reset();
        }
        else
        {
            _isAnswered.Set();
        }
    }

    /// <summary>Waits, for a short time, until no question is open.</summary>
    public void AwaitAtEnd() => _isAnswered.Wait(LimitAtEnd);

    /// <summary>Discards an answer that is late. Called when no thread reads any more, so it discards nothing else.</summary>
    public void Dispose()
    {
        if (!_isAnswered.IsSet && TerminalDevice.HasInput(LimitAtEnd))
        {
            TerminalDevice.DiscardInput();
        }

        _timer.Dispose();
    }
}
