using System.Collections.Concurrent;
using System.Text;

namespace ThreadedChat.ChatClient.Session;

/// <summary>
/// The file of <c>--log</c>. A thread of its own appends to it, so that a slow disk delays neither keys nor messages. A file that
/// cannot be written is reported once, and the chat continues without it.
/// </summary>
internal sealed class LogFile : IDisposable
{
    /// <summary>The most lines that wait for the disk. Further ones are discarded, and the log says how many.</summary>
    public const int MaxWaiting = 10_000;

    /// <summary>A search reads at most this much of the end of earlier sessions' log.</summary>
    private const long LongestSearch = 64 * 1024 * 1024;

    private static readonly TimeSpan LimitAtEnd = TimeSpan.FromSeconds(1);

    private readonly string _file;
    private readonly Action<string> _report;
    private readonly BlockingCollection<string> _waiting = new(MaxWaiting);
    private readonly Thread _writer;
    private readonly long _lengthAtStart;
    private int _dropped;

    /// <param name="file">Is created if it does not exist.</param>
    /// <param name="report">Shows one line to the user. Called at most once, from any thread.</param>
    public LogFile(string file, Action<string> report)
    {
        _file = file;
        _report = report;
        _lengthAtStart = Length(file);
        _writer = new Thread(Write) { Name = "log", IsBackground = true };
        _writer.Start();
    }

    /// <summary>Never waits.</summary>
    public void Add(string line)
    {
        try
        {
            if (!_waiting.IsAddingCompleted && !_waiting.TryAdd(line))
            {
                Interlocked.Increment(ref _dropped);
            }
        }
        catch (InvalidOperationException)
        {
            // The thread that writes has just given up.
        }
    }

    /// <summary>The lines that stood in the file when the client started. Nothing if the file cannot be read.</summary>
    public IEnumerable<string> ReadEarlier()
    {
        if (_lengthAtStart == 0)
        {
            yield break; // and no pipe is opened
        }

        using StreamReader? reader = TryRead();
        string? line;
        for (long left = Math.Min(_lengthAtStart, LongestSearch); left > 0 && (line = TryReadLine(reader)) is not null; left -= Encoding.UTF8.GetByteCount(line) + 1)
        {
            yield return line;
        }
    }

    /// <summary>Waits a moment until all lines are in the file.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _writer.Join(LimitAtEnd);
    }

    private void Write()
    {
        try
        {
            using FileStream file = Open();
            foreach (string line in _waiting.GetConsumingEnumerable())
            {
                int dropped = Interlocked.Exchange(ref _dropped, 0);
                string note = dropped == 0 ? "" : $"-- {dropped} lines are missing here: the disk was too slow --\n";
                file.Write(Encoding.UTF8.GetBytes($"{line}\n{note}"));
                file.Flush();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            _waiting.CompleteAdding();
            Report(e.Message);
        }
    }

    /// <summary>Only the user may read it. Others may append to it as well: another client with the same log.</summary>
    private FileStream Open()
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(_file, options);
    }

    private void Report(string reason)
    {
        try
        {
            _report($"The log {_file} cannot be written: {reason}");
        }
        catch (IOException)
        {
            // Standard output is closed: the other threads notice too.
        }
    }

    private StreamReader? TryRead()
    {
        try
        {
            var file = new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.CanSeek && _lengthAtStart > LongestSearch)
            {
                file.Seek(_lengthAtStart - LongestSearch, SeekOrigin.Begin);
            }

            return new StreamReader(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string? TryReadLine(StreamReader? reader)
    {
        try
        {
            return reader?.ReadLine();
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static long Length(string file)
    {
        try
        {
            var info = new FileInfo(file);
            return info.Exists ? info.Length : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return 0;
        }
    }
}
