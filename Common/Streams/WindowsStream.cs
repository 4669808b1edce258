using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ThreadedChat.Common.Streams;

/// <summary>A standard stream of Windows: a console, a pipe or a file.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsStream : IStreamSystem
{
    private const int FirstHandle = -10; // STD_INPUT_HANDLE; output and errors follow

    private readonly nint _handle;
    private readonly WindowsConsole? _console;

    // The last write on another thread; null once its caller knows that it has ended.
    private volatile Task? _lastWrite;

    /// <param name="number">0 is standard input, 1 standard output, 2 standard error.</param>
    public WindowsStream(int number)
    {
        _handle = WindowsCalls.StandardHandle(FirstHandle - number);
        WasClosedAtStart = _handle is 0 or -1;
        _console = !WasClosedAtStart && WindowsCalls.TryGetMode(_handle, out _) ? new WindowsConsole(_handle) : null;
    }

    public bool WasClosedAtStart { get; }

    public bool IsTerminal => _console is not null;

    public int Read(Span<byte> buffer)
    {
        if (_console is not null)
        {
            return _console.Read(buffer);
        }

        if (WindowsCalls.TryRead(_handle, buffer, (uint)buffer.Length, out uint count, 0))
        {
            return (int)count;
        }

        int error = Marshal.GetLastPInvokeError();
        return error is WindowsCalls.BrokenPipe or WindowsCalls.EndOfFile ? 0 : throw Failure(error);
    }

    /// <inheritdoc/>
    /// <remarks>Windows does not report whether a pipe takes bytes. So a write that may not wait is given to another thread.</remarks>
    public void Write(ReadOnlySpan<byte> buffer, TimeSpan limit)
    {
        if (limit == Timeout.InfiniteTimeSpan || _console is not null)
        {
            Write(buffer);
            return;
        }

        if (_lastWrite is { } last)
        {
            Await(last, limit);
        }

        byte[] copy = buffer.ToArray();
        Task write = Task.Factory.StartNew(() => Write(copy), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _lastWrite = write;
        Await(write, limit);
        _lastWrite = null;
        write.GetAwaiter().GetResult();
    }

    /// <summary>What a failed call means.</summary>
    public static IOException Failure(int error) =>
        error is WindowsCalls.BrokenPipe or WindowsCalls.PipeIsClosing or WindowsCalls.NotConnected or WindowsCalls.InvalidHandle
            ? new NobodyReadsException(Marshal.GetPInvokeErrorMessage(error))
            : new IOException(Marshal.GetPInvokeErrorMessage(error));

    private static void Await(Task write, TimeSpan limit)
    {
        if (Task.WaitAny([write], limit) < 0)
        {
            throw new IOException("Nobody reads it.");
        }
    }

    private void Write(ReadOnlySpan<byte> buffer)
    {
        if (_console is not null)
        {
            _console.Write(buffer);
            return;
        }

        while (!buffer.IsEmpty)
        {
            if (!WindowsCalls.TryWrite(_handle, buffer, (uint)buffer.Length, out uint count, 0))
            {
                throw Failure(Marshal.GetLastPInvokeError());
            }

            buffer = buffer[(int)count..];
        }
    }
}
