using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>
/// A temporary folder that does not outlive this process, however the process ends. A shell makes the folder, waits for the end of a pipe that
/// only this process holds, and then removes the folder: there is no moment at which a kill leaves it behind. Without a shell (Windows) only
/// <see cref="Dispose"/> removes it.
/// </summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const string Made = "made";
    private const int NameLength = 12;

    // The name of the script is the folder. One attempt is not enough: a process that is being killed may still complete a call that
    // makes a file, and a program may have left folders without the permission to write.
    private const string Script =
        $"""
        trap '' INT TERM HUP QUIT PIPE
        mkdir -m 700 "$0" || exit 1
        exec 2>/dev/null
        echo {Made}
        read -r end
        attempts=300
        while rm -rf "$0"; [ -e "$0" ] && [ "$attempts" -gt 0 ]; do
          chmod -R u+rwX "$0"
          attempts=$((attempts - 1))
          sleep 0.1
        done
        """;

    private readonly Process? _guard;
    private int _count;
    private int _isDisposed;

    /// <summary>Makes the folder.</summary>
    /// <param name="prefix">The beginning of its name.</param>
    /// <exception cref="IOException">The folder for temporary files is missing, full or read-only.</exception>
    public TemporaryFolder(string prefix)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetFullPath(System.IO.Path.GetTempPath()), $"{prefix}{Guid.NewGuid().ToString("N")[..NameLength]}");
        _guard = StartGuard();
        if (_guard is null)
        {
            Directory.CreateDirectory(Path);
        }
        else if (_guard.StandardOutput.ReadLine() != Made)
        {
            string why = _guard.StandardError.ReadToEnd().Trim();
            _guard.Dispose();
            throw new IOException(why);
        }
    }

    /// <summary>Its absolute path.</summary>
    public string Path { get; }

    /// <summary>Makes an empty folder in it.</summary>
    public string New() => Directory.CreateDirectory(
        System.IO.Path.Combine(Path, Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture))).FullName;

    /// <summary>Removes it with all that is in it.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        if (_guard is not null)
        {
            _guard.StandardInput.Close();
            _guard.WaitForExit();
            _guard.Dispose();
        }

        try
        {
            if (Directory.Exists(Path))
            {
                Directory.Delete(Path, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A process of another program still uses it.
        }
    }

    /// <summary>In a session of its own, if that is possible, so that a signal for the group of this process leaves it alone.</summary>
    private Process? StartGuard()
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        string[] words = [.. ProgramFiles.Find("setsid") is string newSession ? (string[])[newSession] : [], "/bin/sh", "-c", Script, Path];
        try
        {
            return Process.Start(new ProcessStartInfo(words[0], words[1..])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
