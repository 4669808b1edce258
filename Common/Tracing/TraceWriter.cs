using System.Text;

namespace ThreadedChat.Common.Tracing;

/// <summary>
/// Where traces go: a file or standard error. What is written together stays together, and is there when the call returns,
/// so that a trace is complete up to the moment a program is killed. A target that fails ends the trace, not the program.
/// </summary>
public sealed class TraceWriter : IDisposable
{
    /// <summary>Guards writing to the target, and <see cref="_isOver"/>. A leaf; held while a slow target takes what it is given.</summary>
    private readonly Lock _gate = new();

    private readonly Stream _target;
    private readonly Stream? _standardError;
    private readonly TimeProvider _time;
    private bool _isOver;

    /// <summary>Writes to <paramref name="target"/>; should that fail, a line on <paramref name="standardError"/> says so, if there is one.</summary>
    public TraceWriter(Stream target, Stream? standardError, TimeProvider? time = null)
    {
        _target = target;
        _standardError = standardError;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The wall clock, in local time.</summary>
    public DateTimeOffset Now => _time.GetLocalNow();

    /// <summary>Opens a new <paramref name="file"/>, in place of one there was, or where that is null standard error.</summary>
    /// <returns>Null where it cannot be opened; <paramref name="error"/> then says why, in one line.</returns>
    public static TraceWriter? TryOpen(string? file, Stream? standardError, out string? error)
    {
        error = null;
        if (file is null)
        {
            return new TraceWriter(standardError ?? Stream.Null, null);
        }

        try
        {
            // No buffer: each write goes to the system as it is.
            var target = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            return new TraceWriter(target, standardError);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            error = $"Cannot open the trace file: {e.Message}";
            return null;
        }
    }

    /// <summary>Writes whole lines. Never throws for what the target does.</summary>
    public void Write(string lines)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(lines);
        string? failure = null;
        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }

            try
            {
                _target.Write(utf8);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _isOver = true;
                failure = e.Message;
            }
        }

        if (failure is not null)
        {
            Tell($"The trace ends here: {failure}\n");
        }
    }

    /// <summary>Closes the target; what is written from now on is dropped.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            _target.Dispose();
        }
    }

    private void Tell(string line)
    {
        try
        {
            _standardError?.Write(Encoding.UTF8.GetBytes(line));
        }
        catch (IOException)
        {
            // There is nobody left to tell.
        }
    }
}
