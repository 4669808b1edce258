using System.Text;

namespace ThreadedChat.Common.Tracing;

/// <summary>
/// Where traces go: a file or standard error. What is written together stays together, and is there when the call returns,
/// so that a trace is complete up to the moment a program is killed. A target that fails ends the trace, not the program.
/// </summary>
public sealed class TraceWriter : IDisposable
{
    /// <summary>Guards writing to the target, which target that is, and <see cref="_isOver"/>. A leaf; held while a slow target takes what it is given.</summary>
    private readonly Lock _gate = new();

    private readonly string? _file;
    private Stream _target;
    private readonly Stream? _standardError;
    private readonly TimeProvider _time;
    private bool _isOver;

    /// <summary>Writes to <paramref name="target"/>; should that fail, a line on <paramref name="standardError"/> says so, if there is one.</summary>
    public TraceWriter(Stream target, Stream? standardError, TimeProvider? time = null)
        : this(target, standardError, time, file: null)
    {
    }

    private TraceWriter(Stream target, Stream? standardError, TimeProvider? time, string? file)
    {
        _file = file;
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
            return new TraceWriter(Open(file, FileMode.Create), standardError, null, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            error = $"Cannot open the trace file: {e.Message}";
            return null;
        }
    }

    /// <summary>
    /// Opens the file again by its name, and goes on at its end: so that it can be renamed while the program runs. Does nothing where
    /// the trace goes elsewhere; where the file cannot be opened, the old one stays, and <paramref name="error"/> says why.
    /// </summary>
    public bool TryReopen(out string? error)
    {
        error = null;
        if (_file is null)
        {
            return false;
        }

        try
        {
            Stream target = Open(_file, FileMode.Append);
            lock (_gate)
            {
                (target, _target) = (_target, target);
            }

            target.Dispose();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error = e.Message;
            return false;
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

    // No buffer: each write goes to the system as it is.
    private static FileStream Open(string file, FileMode mode) =>
        new(file, mode, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

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
