using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary><c>run.sh</c> says in one line why it cannot build the programs. In a clone without builds, with a fake SDK.</summary>
[TestClass]
public sealed class BuildFailureTests : IDisposable
{
    private const string Works = "case $1 in --version) echo 10.0.100 ;; *) echo \"$SAYS\"; exit 1 ;; esac";
    private const string Fails = "case $1 in --list-sdks) echo '8.0.100 [/a]'; echo '9.0.1 [/b]' ;; *) echo \"$SAYS\"; exit 1 ;; esac";

    private readonly FileTree _folder = new();
    private string _name = "'name'";

    private string Clone => $"{_folder.Root}/a clone, with a strange {_name}";

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Without_an_SDK_the_script_names_the_required_one()
    {
        PlaySdk(null);

        MustFail("run.sh: the .NET SDK 10 is required, and there is no dotnet on the PATH: https://dotnet.microsoft.com/download");
    }

    [TestMethod]
    [DataRow("The command could not be loaded:\nA compatible .NET SDK was not found.")]
    [DataRow("No .NET SDKs were found.")]
    public void With_another_SDK_the_script_names_the_installed_ones(string says)
    {
        PlaySdk(Fails);

        MustFail("run.sh: the .NET SDK 10 is required; installed: 8.0.100, 9.0.1. https://dotnet.microsoft.com/download", ("SAYS", says));
    }

    [TestMethod]
    [DataRow(Works)]
    [DataRow(Fails)]
    public void A_missing_home_folder_is_reported(string sdk)
    {
        PlaySdk(sdk);

        MustFail(
            "run.sh: there is no folder '/no/home'; the build writes packages there (HOME)",
            ("HOME", "/no/home"), ("SAYS", "The user's home directory could not be determined."));
    }

    [TestMethod]
    public void An_unset_HOME_is_reported()
    {
        PlaySdk(Fails);

        MustFail("run.sh: HOME is not set; the build writes packages there", ("HOME", ""), ("SAYS", "The home directory could not be determined."));
    }

    [TestMethod]
    public void A_missing_folder_for_temporary_files_is_reported()
    {
        PlaySdk(Works);

        MustFail("run.sh: there is no folder '/no/temp'; the build writes temporary files there (TMPDIR)", ("TMPDIR", "/no/temp"), ("SAYS", "error"));
    }

    [TestMethod]
    [DataRow("error NU1301: Unable to load the service index for source https://api.nuget.org/v3/index.json.",
        "run.sh: cannot restore the packages: no access to nuget.org; the output of NuGet is in .build/build.log")]
    [DataRow("error : IOException: No space left on device : 'x.dll'",
        "run.sh: a disk is full: the build reports \"No space left on device\"")]
    [DataRow("error CS1002: ; expected", "error CS1002: ; expected\nrun.sh: the build failed; the reason is above")]
    public void The_output_of_the_build_decides_the_message(string says, string error)
    {
        PlaySdk(Works);

        MustFail(error, ("SAYS", says));
    }

    [TestMethod]
    public void An_SDK_that_fails_for_another_reason_is_quoted()
    {
        PlaySdk(Fails);

        MustFail("run.sh: dotnet does not work: libhostfxr.so: cannot open", ("SAYS", "libhostfxr.so: cannot open\nmore"));
    }

    [TestMethod]
    public void A_build_folder_that_cannot_be_created_is_reported()
    {
        PlaySdk(Works);
        File.WriteAllText($"{Clone}/.build", "in the way");

        MustFail($"run.sh: cannot create '{Clone}/.build'; run.sh builds the programs there", ("SAYS", ""));
    }

    [TestMethod]
    [DataRow("a;b")]
    [DataRow("a%20b")]
    [DataRow("a$(b)")]
    public void A_folder_name_that_MSBuild_cannot_handle_is_reported(string name)
    {
        _name = name;
        PlaySdk(Works);

        MustFail($"run.sh: cannot build in '{Clone}': MSBuild gives a special meaning to the characters ; % * ? $( @(", ("SAYS", ""));
    }

    [TestMethod]
    public void A_read_only_clone_is_reported()
    {
        Needs.Linux();
        Needs.Root("a read-only mount");
        Needs.Program("unshare");
        PlaySdk(Works);

        MustFail(
            $"run.sh: cannot write to the folder '{Clone}'; run.sh builds the programs there",
            "unshare", ["-m", "bash", "-c", "mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\" && exec \"$0/run.sh\" server 0", Clone]);
    }

    [TestMethod]
    public void A_full_disk_is_reported()
    {
        Needs.Linux();
        Needs.Root("a small file system");
        Needs.Program("unshare");
        PlaySdk(Works);
        Directory.CreateDirectory($"{Clone}/.build");

        MustFail(
            $"run.sh: no space is left in the folder '{Clone}/.build'; run.sh builds the programs there",
            "unshare", ["-m", "bash", "-c", "mount -t tmpfs -o size=8k none \"$0/.build\" && exec \"$0/run.sh\" server 0", Clone]);
    }

    /// <summary>Makes a clone with the files that the script needs before the build, and a program <c>dotnet</c> of this script; null is none.</summary>
    private void PlaySdk(string? script)
    {
        string[] files = ["run.sh", "global.json", .. Directory.GetFiles(Path.Combine(RunScript.Root, "scripts")).Select(file => $"scripts/{Path.GetFileName(file)}")];
        foreach (string file in files)
        {
            _folder.Add($"{Clone[_folder.Root.Length..]}/{file}", File.ReadAllText(Path.Combine(RunScript.Root, file)));
        }

        foreach (string source in (string[])["Common", "ChatServer", "ChatClient", "ChatCheck", "ChatGrade"])
        {
            Directory.CreateDirectory($"{Clone}/{source}");
        }

        Directory.CreateDirectory($"{_folder.Root}/bin");
        MakeExecutable($"{Clone}/run.sh");
        if (script is not null)
        {
            _folder.Add("/bin/dotnet", $"#!/usr/bin/env bash\n{script}\n");
            MakeExecutable($"{_folder.Root}/bin/dotnet");
        }
    }

    private static void MakeExecutable(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.UserExecute);
        }
    }

    private void MustFail(string error, params (string Name, string Value)[] variables) => MustFail(
        error, "env", [.. variables.Select(variable => $"{variable.Name}={variable.Value}"), $"{Clone}/run.sh", "server", "0"]);

    private void MustFail(string error, string program, params IEnumerable<string> arguments)
    {
        // Nothing but the tools that the script needs, and the SDK that is played.
        string tools = string.Join(' ', ((string[])["bash", "env", "find", "cat", "sed", "paste", "head", "rm", "mkdir", "mv", "date", "flock", "mount", "unshare", "sleep", "ps", "tr"])
            .Select(tool => $"$(command -v {tool})"));
        using ChatProcess script = RunScript.StartBash(
            $"ln -sf {tools} '{_folder.Root}/bin/'; export PATH='{_folder.Root}/bin'; unset THREADEDCHAT_PROGRAMS DOTNET_CLI_HOME; exec \"$@\"",
            [program, .. arguments]);

        Assert.AreEqual(1, script.AwaitExit());
        string[] lines = [.. script.Error.AwaitEnd().Split('\n').Where(line => line != "Building ThreadedChat (first start, or sources changed) ..." && !line.Contains("ReadyToRun", StringComparison.Ordinal))];
        Assert.AreEqual(error + "\n", string.Join('\n', lines));
    }
}
