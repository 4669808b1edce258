namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>
/// Starts programs for Windows with Wine, in a folder of its own for all that Wine keeps: its registry, its drives, the home of
/// the user. All of that, and what still runs in it, ends with this.
/// </summary>
internal sealed class Wine : IDisposable
{
    private const string Platform = "win-x64";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("threadedchat-wine-");

    /// <summary>Builds the programs and makes the folder; inconclusive without Wine.</summary>
    public Wine()
    {
        try
        {
            Needs.Program("wine");
            Needs.Program("wineserver");
            using ChatProcess build = new("bash", RunScript.Root, ["scripts/platforms.sh", Platform]);
            Assert.AreEqual(0, build.AwaitExit(Limit.Build), build.Output.All + build.Error.All);
            using ChatProcess boot = new("env", _folder.FullName, [.. Settings, "wineboot", "-i"]);
            Assert.AreEqual(0, boot.AwaitExit(Limit.Build), boot.Output.All + boot.Error.All);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>A folder for files of tests.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The folder of the programs, for <c>run.cmd</c>.</summary>
    public static string Programs => PathOf(Path.Combine(RunScript.Root, ".build", Platform, "publish"));

    /// <summary>The words of <c>env</c> that start a program in this folder, without the program.</summary>
    public string[] Settings =>
    [
        $"WINEPREFIX={Path.Combine(Folder, "prefix")}",
        $"HOME={Folder}",
        "WINEDEBUG=-all",
        "WINEDLLOVERRIDES=winemenubuilder.exe=d;mshtml=d", // no entries in the menus of the desktop, no browser
        $"THREADEDCHAT_PROGRAMS={Programs}",
    ];

    /// <summary>The path by which programs for Windows know a file of this machine.</summary>
    public static string PathOf(string file) => $"Z:{file.Replace('/', '\\')}";

    /// <summary>The file of one of the programs.</summary>
    public static string Program(string name) => $"{Programs}\\{name}\\release\\{name}.exe";

    /// <summary>Starts a program for Windows.</summary>
    public ChatProcess Start(params IEnumerable<string> words) => new("env", Folder, [.. Settings, "wine", .. words]);

    /// <summary>Starts <c>run.cmd</c>, in another folder than its own.</summary>
    public ChatProcess StartScript(params IEnumerable<string> words) =>
        Start(["cmd", "/d", "/c", PathOf(Path.Combine(RunScript.Root, "run.cmd")), .. words]);

    public void Dispose()
    {
        string prefix = Path.Combine(Folder, "prefix");
        if (Directory.Exists(prefix))
        {
            // Ends what runs there, and returns when it has ended.
            using ChatProcess end = new("env", "/", [.. Settings, "wineserver", "-k", "-w"]);
            end.HasExitedWithin(Limit.Wait);
        }

        _folder.Remove(); // the drives there are symbolic links, which are removed and not followed
    }
}
