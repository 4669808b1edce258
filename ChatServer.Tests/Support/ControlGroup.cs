using System.Globalization;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>A control group of a test's own. It is removed with this object.</summary>
internal sealed class ControlGroup : IDisposable
{
    private const string Version1 = "/sys/fs/cgroup/pids";
    private const string Version2 = "/sys/fs/cgroup";

    public ControlGroup()
    {
        string tree = File.Exists($"{Version1}/cgroup.procs") ? Version1 : Version2;
        Folder = $"{tree}/threadedchat-{Environment.ProcessId}-{Guid.NewGuid():N}";
        try
        {
            Directory.CreateDirectory(Folder);
            if (File.Exists($"{Folder}/pids.max"))
            {
                return;
            }

            Directory.Delete(Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not for us.
        }

        Assert.Inconclusive("Needs a control group for processes that a test may make (root, and /sys/fs/cgroup that can be written to).");
    }

    public string Folder { get; }

    public void Limit(string file, int limit) =>
        File.WriteAllText($"{Folder}/{file}", limit.ToString(CultureInfo.InvariantCulture));

    public void Dispose() => Eventually.True(
        () =>
        {
            try
            {
                Directory.Delete(Folder);
                return true;
            }
            catch (IOException)
            {
                return false; // a process that has just ended is still in it
            }
        },
        "the control group should be empty");
}
