using System.Runtime.InteropServices;

namespace ThreadedChat.ChatServer.Machine;

/// <summary>
/// Waits for the signals that ask the process to stop, and bounds the time that the stop takes. All that a stop needs is there
/// before the first client connects: on a machine without a free thread, a stop could not get one.
/// </summary>
internal sealed class StopRequest : IDisposable
{
    /// <summary>The limit is waited for in steps: while the whole process is paused (kill -STOP, a container), no more than one of them passes.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly ManualResetEventSlim _requested = new();
    private readonly CancellationTokenSource _token = new();
    private readonly ManualResetEventSlim _isStopping = new();
    private readonly PosixSignalRegistration[] _signals;
    private readonly Thread _asker = Thread.CurrentThread;
    private TimeSpan _limit;
    private int _exitCode;

    /// <summary>From now on SIGTERM and SIGINT ask for a stop. Called by the thread that will do it.</summary>
    public StopRequest()
    {
        AppDomain.CurrentDomain.UnhandledException += StopWithoutHandler;
        _signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Request),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Request),
        ];
        new Thread(LimitStop, 256 * 1024) { Name = "stop-limit", IsBackground = true }.Start();
    }

    /// <summary>Cancelled when a stop is asked for.</summary>
    public CancellationToken Token => _token.Token;

    /// <summary>Waits until a stop is asked for.</summary>
    public void Wait() => _requested.Wait();

    /// <summary>Asks for a stop, from inside.</summary>
    public void Set()
    {
        _requested.Set();
        _token.Cancel();
    }

    /// <summary>From now on the process has <paramref name="limit"/> left: after that it ends with <paramref name="exitCode"/> in any case.</summary>
    public void BeginStop(TimeSpan limit, int exitCode)
    {
        (_limit, _exitCode) = (limit, exitCode);
        _isStopping.Set();
    }

    /// <summary>Signals have their default action again. The limit stays.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.UnhandledException -= StopWithoutHandler;
        Array.ForEach(_signals, signal => signal.Dispose());
    }

    private void Request(PosixSignalContext signal)
    {
        signal.Cancel = true; // not killed: stopped, by the thread that waits
        Set();
    }

    private void LimitStop()
    {
        _isStopping.Wait();
        for (TimeSpan waited = TimeSpan.Zero; waited < _limit; waited += Step)
        {
            Thread.Sleep(Step);
        }

        Environment.Exit(_exitCode);
    }

    /// <summary>
    /// For each of these signals the runtime starts a thread that calls the handler. If there is no thread left, it fails,
    /// on its own thread for signals, and would end the process: instead that thread asks for the stop, and is kept here.
    /// </summary>
    private void StopWithoutHandler(object sender, UnhandledExceptionEventArgs failure)
    {
        Thread thread = Thread.CurrentThread;
        bool isOneOfOurs = thread == _asker || thread.Name is not null || thread.IsThreadPoolThread;
        if (failure.ExceptionObject is OutOfMemoryException or ThreadStartException && !isOneOfOurs)
        {
            Set();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
