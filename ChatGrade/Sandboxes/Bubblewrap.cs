using System.Globalization;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatGrade.Settings;

namespace ThreadedChat.ChatGrade.Sandboxes;

/// <summary>
/// Two sandboxes of bubblewrap, one in the other. The outer one has a network of its own, which is loopback alone, its own
/// processes, and a file system in memory of a bounded size for the copy of the submission: the checker runs there. The inner
/// one is on the same network and sees the copy and the languages of the system, and nothing else: the submission runs there.
/// When the first process of the outer one ends, the kernel ends all others and frees all files.
/// </summary>
internal sealed class Bubblewrap : ISandbox
{
    private const string Nobody = "65534";
    private const string Work = "/tmp/work";
    private const string Source = "/tmp/submission";
    private const string Result = "/tmp/result";
    private const string CheckerFolder = "/tmp/checker";
    private const string InnerWork = "/work";
    private const string Path = "/usr/local/bin:/usr/bin:/bin";
    private const string HostName = "submission";
    private const string HostsFile = "/tmp/hosts";
    private const string SwitchFile = "/tmp/nsswitch.conf";

    // Without them a program finds neither localhost nor the name of its own machine, at which some servers listen.
    private const string WriteNames =
        $"printf '127.0.0.1 localhost {HostName}\\n::1 localhost\\n' > {HostsFile} && printf 'hosts: files\\n' > {SwitchFile}";

    // Folders of the system that a language may need; missing ones are skipped.
    private static readonly string[] Shown =
    [
        "/usr", "/opt", "/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/ssl/certs", "/etc/protocols", "/etc/services",
        "/etc/java-11-openjdk", "/etc/java-17-openjdk", "/etc/java-21-openjdk", "/etc/java-25-openjdk", "/etc/maven", "/etc/dotnet", "/etc/mono",
    ];

    // On most systems these are links into /usr.
    private static readonly string[] Merged = ["/bin", "/sbin", "/lib", "/lib32", "/lib64"];

    private static readonly bool IsRoot = Environment.IsPrivilegedProcess;

    private Bubblewrap()
    {
    }

    /// <inheritdoc/>
    public Text? Shortcoming => Scope.Exists ? null : new Text(
        "There is no systemd here: the limits of memory and processor time apply to each process of a submission, not to all of them together.",
        "Não há systemd aqui: os limites de memória e de tempo de processador valem para cada processo de uma entrega, e não para todos juntos.");

    /// <inheritdoc/>
    public IReadOnlyList<string> ProgramFolders { get; } = Path.Split(':');

    /// <summary>A sandbox, or why there is none.</summary>
    /// <param name="empty">An empty folder.</param>
    public static (Bubblewrap? Sandbox, string Why) TryOpen(string empty)
    {
        var sandbox = new Bubblewrap();
        var limits = new Limits();
        string? why = Probe.Why(Outer(empty, result: null, hasNetwork: false, limits, [.. Inner(limits, Priority.Program), "true"]));
        return why is null ? (sandbox, "") : (null, why);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Build(string submission, string build, string result, Limits limits) =>
        Outer(submission, result, limits.NetworkForBuild, limits, [.. Inner(limits, Priority.Build), "sh", "-c", build]);

    /// <inheritdoc/>
    public IReadOnlyList<string> Check(string submission, IReadOnlyList<string> arguments, IReadOnlyList<string> command, Limits limits) =>
        Outer(submission, result: null, hasNetwork: false, limits, [.. CheckerProgram.Command(CheckerFolder), .. arguments, "--", .. Inner(limits, Priority.Program), .. command]);

    private static List<string> Outer(string submission, string? result, bool hasNetwork, Limits limits, IReadOnlyList<string> command)
    {
        // If the grader is root, the submission runs as another user: root has no limit of processes.
        string owner = IsRoot ? $"chown -R {Nobody}:{Nobody} {Work} && " : "";
        string keep = result is null ? "exec \"$@\"" : $"\"$@\" && cp -a {Work}/. {Result}/";
        return
        [
            .. Scope.Of(limits),
            .. ParentDeath.Sends("KILL"),
            "unshare", .. IsRoot ? (string[])[] : ["--user", "--map-current-user"], "--pid", "--fork", "--kill-child", "--mount-proc",
            "bwrap", .. IsRoot ? (string[])[] : ["--unshare-user"],
            .. hasNetwork ? (string[])[] : ["--unshare-net"],
            "--unshare-ipc", "--die-with-parent",
            "--dev-bind", "/", "/",
            "--size", ((long)limits.Disk << 20).ToString(CultureInfo.InvariantCulture), "--tmpfs", "/tmp",
            "--dir", Work,
            "--ro-bind", submission, Source,
            "--ro-bind", CheckerProgram.Folder, CheckerFolder,
            .. result is null ? (string[])[] : ["--bind", result, Result],
            "--setenv", "TMPDIR", "/tmp",
            "--", "sh", "-c", $"chmod 755 /tmp && {WriteNames} && cp -a {Source}/. {Work}/ && chmod -R u+rwX {Work} && {owner}{keep}", "sh",
            .. command,
        ];
    }

    private static List<string> Inner(Limits limits, IReadOnlyList<string> priority) =>
    [
        .. IsRoot ? (string[])["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups"] : [],
        .. priority,
        "bwrap", "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--hostname", HostName, "--die-with-parent",
        "--cap-drop", "ALL",
        .. Shown.SelectMany(path => (string[])["--ro-bind-try", path, path]),
        .. Merged.SelectMany(Link),
        "--ro-bind", HostsFile, "/etc/hosts", "--ro-bind", SwitchFile, "/etc/nsswitch.conf",
        "--proc", "/proc", "--dev", "/dev", "--size", ((long)limits.Disk << 20).ToString(CultureInfo.InvariantCulture), "--tmpfs", "/tmp",
        "--bind", Work, InnerWork, "--chdir", InnerWork,
        "--clearenv",
        "--setenv", "PATH", Path, "--setenv", "HOME", InnerWork, "--setenv", "USER", HostName, "--setenv", "TMPDIR", "/tmp", "--setenv", "TERM", "xterm-256color",
        "--setenv", "LANG", "C.UTF-8", "--setenv", "DOTNET_EnableDiagnostics", "0", "--setenv", "DOTNET_CLI_HOME", "/tmp", "--setenv", "GOCACHE", "/tmp/go",
        "--",
        .. ProcessLimits.Of(limits, countsProcesses: true),
    ];

    private static string[] Link(string path) =>
        new DirectoryInfo(path).LinkTarget is string target ? ["--symlink", target.TrimStart('/'), path] : ["--ro-bind-try", path, path];
}
