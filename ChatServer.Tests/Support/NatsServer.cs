using System.Globalization;
using System.Text.RegularExpressions;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>
/// A real nats-server with JetStream, on a free port of this machine, with its store in a folder of its own. It can be killed,
/// stopped for a while, and started again on the same port. Without the program the test is inconclusive.
/// </summary>
internal sealed partial class NatsServer : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("threadedchat-nats-");
    private readonly string _address;
    private readonly string[] _options;
    private ChatProcess _process;

    /// <param name="address">Where it listens.</param>
    /// <param name="options">Further options of the program.</param>
    public NatsServer(string address = "127.0.0.1", params string[] options)
    {
        Needs.Program("nats-server");
        _address = address;
        _options = options;
        _process = Run(port: -1);
        Port = AwaitPort();
    }

    public int Port { get; }

    public string Url => $"nats://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.AwaitExit();
    }

    /// <summary>Starts it again, after <see cref="Kill"/>, with the store that it had.</summary>
    public void Restart()
    {
        _process.Dispose();
        _process = Run(Port);
        AwaitPort();
    }

    /// <summary>Removes everything that it has stored. It must not be running.</summary>
    public void WipeStore() => new DirectoryInfo(StoreFolder).Remove();

    /// <summary>Keeps a copy of everything that it has stored. It must not be running.</summary>
    public void SaveStore() => Copy(StoreFolder, SavedFolder);

    /// <summary>Sets the store back to the copy. It must not be running.</summary>
    public void SetStoreBack()
    {
        WipeStore();
        Copy(SavedFolder, StoreFolder);
    }

    /// <summary>Waits for something in its log; what it has logged since it was ready.</summary>
    public string LogUntil(Func<string, bool> isEnough, string reason) => _process.Error.AwaitSinceLastLook(isEnough, reason);

    /// <summary>Stops it for so long.</summary>
    public void Pause(TimeSpan time) => _process.Pause(time);

    /// <summary>Stops it until it is killed or disposed: connections stay, and nothing is answered.</summary>
    public void Suspend() => _process.Suspend();

    public void Dispose()
    {
        _process.Dispose();
        _folder.Remove();
    }

    private string SavedFolder => Path.Combine(_folder.FullName, "saved");

    private string StoreFolder => Path.Combine(_folder.FullName, "store");

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private ChatProcess Run(int port) => new(
        "nats-server",
        _folder.FullName,
        ["-js", "-sd", StoreFolder, "-a", _address, "-p", port.ToString(CultureInfo.InvariantCulture), .. _options]);

    private int AwaitPort()
    {
        string log = _process.Error.AwaitSinceLastLook(
            text => text.Contains("Server is ready", StringComparison.Ordinal), "nats-server should be ready");
        return int.Parse(PortLine().Match(log).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Listening for client connections on \S+:(\d+)")]
    private static partial Regex PortLine();
}
