using System.Text;
using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>Appends lines to the file of the audit, mode 0600. Each line is one write. If the disk fails, the log says so, and no client waits.</summary>
internal sealed class AuditFile : IDisposable
{
    /// <summary>How long the disk may take for the last lines.</summary>
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly ILogger _log;
    private readonly OneAtATime _writing = new();
    private FileStream? _file;

    /// <exception cref="UnusableFileException">It cannot be opened.</exception>
    public AuditFile(string path, ILogger log)
    {
        _path = path;
        _log = log;
        try
        {
            _file = PrivateFile.OpenToAppend(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UnusableFileException($"Cannot open the audit file: {Common.Arguments.ArgumentForms.OneLine(e.Message)}");
        }
    }

    public void Append(string line) => _writing.Do(() => Try(() => _file?.Write(Encoding.UTF8.GetBytes($"{line}\n"))));

    /// <summary>Opens the file again by its name, so that it can be renamed while the server runs. Returns the result, for the log.</summary>
    public string Reopen()
    {
        string? error = null;
        _writing.DoAndWait(() => error = Try(() =>
        {
            FileStream next = PrivateFile.OpenToAppend(_path);
            _file?.Dispose();
            _file = next;
        }));
        return error is null ? "the audit file was opened again" : $"the audit file could not be opened again: {error}";
    }

    /// <summary>Closes the file when the lines that wait are written, which another thread may be doing. Waits for that, but not for a disk that hangs.</summary>
    public void Dispose() => _writing.DoAndWait(
        () =>
        {
            _file?.Dispose();
            _file = null;
        },
        CloseLimit);

    private string? Try(Action work)
    {
        try
        {
            work();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _log.FileFailed("audit file", e.Message);
            return e.Message;
        }
    }
}
