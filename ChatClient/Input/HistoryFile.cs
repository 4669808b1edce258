using System.Text;
using ThreadedChat.ChatClient.Editing;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Input;

/// <summary>
/// The entered texts of all sessions, in a file that several clients may use at once. One text is one line; in it a line break is
/// <c>\n</c> and a backslash is <c>\\</c>. For one thread.
/// </summary>
/// <remarks>
/// Each access locks the file, so no client overwrites a line of another one. After the first failure the file is not used any more:
/// a full disk is reported once.
/// </remarks>
internal sealed class HistoryFile(string path)
{
    /// <summary>In bytes. A file that would become larger is cut to its newest half.</summary>
    public const int MaxLength = 1024 * 1024;

    // Another client needs the file for a moment only.
    private const int Attempts = 100;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(20);

    // EWOULDBLOCK of flock(2); ERROR_SHARING_VIOLATION.
    private static readonly int InUse = OperatingSystem.IsWindows() ? unchecked((int)0x8007_0020) : OperatingSystem.IsLinux() ? 11 : 35;

    private bool _isOff;

    /// <summary>The newest texts, oldest first, at most <see cref="History.MaxCount"/>. Empty if there is no file or it cannot be read.</summary>
    /// <param name="problem">The text for the user if the file cannot be used; else null.</param>
    public IReadOnlyList<string> Load(out string? problem)
    {
        string[] texts = [];
        problem = Try(() =>
        {
            if (Path.Exists(path))
            {
                using FileStream file = OpenLocked();
                texts = [.. Newest(file, MaxLength).Split('\n').Select(Decode).Where(text => text.Length > 0).TakeLast(History.MaxCount)];
            }
        });
        return texts;
    }

    /// <summary>Adds a text, unless it is blank or may contain a secret.</summary>
    /// <returns>The text for the user if the file can no longer be used; else null.</returns>
    public string? Add(string text) => string.IsNullOrWhiteSpace(text) || SecretRule.IsSecret(text) ? null : Try(() =>
    {
        CreateFolder();
        using FileStream file = OpenLocked();
        byte[] line = Encoding.UTF8.GetBytes($"{Encode(text)}\n");
        if (file.Length + line.Length > MaxLength)
        {
            Shorten(file);
        }

        Append(file, line);
    });

    private string? Try(Action use)
    {
        if (_isOff)
        {
            return null;
        }

        try
        {
            use();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            _isOff = true;
            return $"The history is not kept on disk: {e.Message.ReplaceLineEndings(" ")}";
        }
    }

    private void CreateFolder()
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is null || Directory.Exists(folder))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Opens the file, creates it if necessary, and waits until no other client has it open.</summary>
    private FileStream OpenLocked()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0, // each write is one system call
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        for (int attempt = 1; ; attempt++)
        {
            try
            {
                var file = new FileStream(path, options);
                if (file.CanSeek)
                {
                    return file;
                }

                file.Dispose();
                throw new NotSupportedException($"'{path}' is not a file.");
            }
            catch (IOException e) when (attempt < Attempts && e.HResult == InUse)
            {
                Thread.Sleep(BetweenAttempts);
            }
        }
    }

    /// <summary>Adds a line at the end. If that fails, the file is as it was.</summary>
    private static void Append(FileStream file, byte[] line)
    {
        long length = file.Length;
        byte[] bytes = EndsInsideLine(file) ? [(byte)'\n', .. line] : line;
        try
        {
            file.Position = length;
            file.Write(bytes);
        }
        catch (IOException)
        {
            TrySetLength(file, length);
            throw;
        }
    }

    private static void TrySetLength(FileStream file, long length)
    {
        try
        {
            file.SetLength(length);
        }
        catch (IOException)
        {
            // The next client begins a new line.
        }
    }

    /// <summary>True after a write that failed half way, in a client that could not take it back.</summary>
    private static bool EndsInsideLine(FileStream file)
    {
        if (file.Length == 0)
        {
            return false;
        }

        file.Position = file.Length - 1;
        return file.ReadByte() is not '\n' and not -1;
    }

    /// <summary>Keeps the newest half. If the program dies meanwhile, old lines are there twice, and none is lost.</summary>
    private static void Shorten(FileStream file)
    {
        byte[] kept = Encoding.UTF8.GetBytes(Newest(file, MaxLength / 2));
        file.Position = 0;
        file.Write(kept);
        file.SetLength(kept.Length);
    }

    /// <summary>The whole lines in the last bytes of the file.</summary>
    private static string Newest(FileStream file, int bytes)
    {
        long start = Math.Max(0, file.Length - bytes);
        var buffer = new byte[file.Length - start];
        file.Position = start;
        int count = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        string text = Encoding.UTF8.GetString(buffer, 0, count);
        return start == 0 ? text : text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
    }

    private static string Encode(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);

    /// <summary>Another writer of the file must not be able to act on the terminal: control characters are removed.</summary>
    private static string Decode(string line)
    {
        var text = new StringBuilder(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            bool isEscaped = line[i] == '\\' && i + 1 < line.Length;
            text.Append(!isEscaped ? line[i] : line[++i] == 'n' ? '\n' : line[i]);
        }

        string cleaned = Encoding.UTF8.GetString(TextCleaner.Clean(Encoding.UTF8.GetBytes(text.ToString()), keepLineBreaks: true));
        return cleaned.Length <= LineEditor.MaxLength ? cleaned : "";
    }
}
