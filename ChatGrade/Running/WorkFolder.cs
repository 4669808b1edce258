using System.ComponentModel;
using System.Diagnostics;

namespace ThreadedChat.ChatGrade.Running;

/// <summary>
/// A temporary folder for the builds of a run. A shell waits for the end of a pipe that only this process holds, and then removes the
/// folder, even if this process is killed and cannot do it.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private const string Guard = "trap '' INT TERM HUP; read -r line; rm -rf \"$0\"";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("grade-");
    private readonly Process? _guard;

    public WorkFolder()
    {
        try
        {
            _guard = OperatingSystem.IsWindows()
                ? null
                : Process.Start(new ProcessStartInfo("sh", ["-c", Guard, _folder.FullName]) { RedirectStandardInput = true });
        }
        catch (Win32Exception)
        {
            // There is no shell: the folder is removed if the run ends by itself.
        }
    }

    /// <summary>An empty folder in it.</summary>
    public string New() => Directory.CreateDirectory(Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N"))).FullName;

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody is at it, or it is gone.
        }

        if (_guard is not null)
        {
            _guard.StandardInput.Close();
            _guard.WaitForExit();
            _guard.Dispose();
        }
    }
}
