using System.Text;

namespace ThreadedChat.Common.Tracing;

/// <summary>
/// Writes traces to a file or to standard error. The lines of one call stay together and are written when the call returns, so a trace is
/// complete up to the moment at which the program is killed. A failing target ends the trace, not the program.
/// </summary>
public sealed class TraceWriter : IDisposable
{
    /// <summary>Guards writing to the target, the target, and <see cref="_isOver"/>. No other lock is taken under it. It is held while a slow target takes the text.</summary>
    private readonly Lock _gate = new();

    private readonly string? _file;
    private Stream _target;
    private readonly Stream? _standardError;
    private readonly TimeProvider _time;
    private bool _isOver;

    /// <summary>Writes to <paramref name="target"/>. If that fails, a line on <paramref name="standardError"/>, if it is there, says so.</summary>
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

    /// <summary>Opens a new <paramref name="file"/> and replaces an old one; with null, standard error.</summary>
    /// <returns>Null if the file cannot be opened; <paramref name="error"/> then has the reason in one line.</returns>
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
    /// Opens the file again by name and appends to it, so that it can be renamed while the program runs. Does nothing without a file. If
    /// the file cannot be opened, the old one stays in use, and <paramref name="error"/> has the reason.
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

    /// <summary>Writes whole lines. Never throws if the target fails.</summary>
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

    /// <summary>Closes the target; later lines are discarded.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            _target.Dispose();
        }
    }

    // No buffer, so that each write is one system call.
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
            // Standard error has failed too.
        }
    }
}
