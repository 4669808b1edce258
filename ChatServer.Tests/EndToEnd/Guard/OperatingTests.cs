using System.Text.RegularExpressions;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Guard;

/// <summary>The commands of docs/operating.md work, as they stand there.</summary>
[TestClass]
[TestCategory(NativePrograms.Category)]
public sealed partial class OperatingTests : ProgramTests
{
    [TestMethod]
    public void The_commands_of_the_first_chapter_start_a_server_for_members()
    {
        Needs.Linux();
        string document = File.ReadAllText(Path.Combine(RunScript.Root, "docs", "operating.md"));
        string chapter = document.Split("\n## ").Single(part => part.StartsWith("From an empty machine", StringComparison.Ordinal));
        string commands = string.Concat(Block().Matches(chapter).Select(match => match.Groups[1].Value));
        using var folder = new GuardFolder();
        using var port = new HeldPort();
        string chat = folder.PathOf("chat");
        string? pid = null;
        try
        {
            using ChatProcess shell = RunScript.StartBash($"set -eu; export CHAT='{chat}' PORT={port.Number}\n{commands}");
            Assert.AreEqual(0, shell.AwaitExit(Limit.Load), shell.Error.All);
            pid = File.ReadAllText(Path.Combine(chat, "pid")).Trim();

            Assert.Contains("There are no bans.", shell.Output.All);
            Assert.Contains("Teacher", shell.Output.All);
            string[] logins = File.ReadAllLines(Path.Combine(chat, "logins"));
            Assert.HasCount(3, logins);
            foreach (string login in logins)
            {
                using WireClient member = WireClient.Connect(port.Number);
                member.Introduce(login);
                member.Send("/join hall");
                Assert.IsEmpty(member.Fence());
            }

            using WireClient guest = WireClient.Connect(port.Number);
            guest.Send("Guest");
            Assert.AreSequenceEqual(["This server is for members only: log in with your name, a colon and your token."], guest.ReadToEnd());
        }
        finally
        {
            pid ??= File.Exists(Path.Combine(chat, "pid")) ? File.ReadAllText(Path.Combine(chat, "pid")).Trim() : null;
            if (pid is not null)
            {
                using ChatProcess stop = RunScript.StartBash("kill \"$1\"; while kill -0 \"$1\" 2>/dev/null; do :; done", pid);
                stop.HasExitedWithin(Limit.Wait);
            }
        }
    }

    [GeneratedRegex("```bash\n(.*?)```\n", RegexOptions.Singleline)]
    private static partial Regex Block();
}
