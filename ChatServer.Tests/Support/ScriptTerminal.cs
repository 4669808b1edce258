using System.Text;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>Runs lines of bash in a terminal of their own, and has every byte that they send to it: <c>script</c>, of util-linux.</summary>
internal static class ScriptTerminal
{
    /// <summary>
    /// Runs <paramref name="line"/> to its end, in the folder of <c>run.sh</c>. Returns its output to the terminal, and whether the
    /// terminal's settings were then as before.
    /// </summary>
    public static (string Sent, bool IsRestored) Run(string line, string term = "xterm-256color")
    {
        Needs.Linux();
        Needs.Program("script");
        using FileTree files = new FileTree().Add("/run", $"stty -g > before; cd '{RunScript.Root}'; {line}\ncd \"$OLDPWD\"; stty -g > after\n");
        using var terminal = new ChatProcess(
            "env", files.Root, "-u", "NO_COLOR", $"TERM={term}", "script", "-qec", "bash run", "sent");

        Assert.AreEqual(0, terminal.AwaitExit(), terminal.Output.All);
        string sent = File.ReadAllText(Path.Combine(files.Root, "sent"), Encoding.UTF8);
        return (
            string.Join('\n', sent.Split('\n').Where(row => !row.StartsWith("Script ", StringComparison.Ordinal))),
            File.ReadAllText(Path.Combine(files.Root, "before")) == File.ReadAllText(Path.Combine(files.Root, "after")));
    }
}
