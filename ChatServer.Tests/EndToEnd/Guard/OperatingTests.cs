using System.Diagnostics;
using System.Text.RegularExpressions;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Guard;

/// <summary>The commands of docs/operating.md work, as they stand there.</summary>
[TestClass]
[TestCategory(NativePrograms.Category)]
public sealed partial class OperatingTests(TestContext context) : ProgramTests
{
    [TestMethod]
    [TestCategory(Soak.Category)]
    public void The_commands_of_the_first_chapter_start_a_server_for_members()
    {
        Needs.Linux();
        Needs.Program("openssl");
        string document = File.ReadAllText(Path.Combine(RunScript.Root, "docs", "operating.md"));
        string chapter = document.Split("\n## ").Single(part => part.StartsWith("From an empty machine", StringComparison.Ordinal));
        string commands = string.Concat(Block().Matches(chapter).Select(match => match.Groups[1].Value));
        using var folder = new GuardFolder();
        using var port = new HeldPort();
        using var securePort = new HeldPort();
        string chat = folder.PathOf("chat");
        int people = Soak.Size(3, 300);
        if (Soak.IsOn)
        {
            Directory.CreateDirectory(chat);
            File.WriteAllLines(Path.Combine(chat, "names"), Enumerable.Range(1, people).Select(number => $"Student {number}"));
        }

        string? pid = null;
        try
        {
            var clock = Stopwatch.StartNew();
            using ChatProcess shell = RunScript.StartBash(
                $"set -eu; export CHAT='{chat}' PORT={port.Number} TLS_PORT={securePort.Number}\n{commands}");
            Assert.AreEqual(0, shell.AwaitExit(Limit.Load), shell.Error.All);
            context.WriteLine($"{people} people: {clock.Elapsed.TotalSeconds:F0} s until the server runs");
            pid = File.ReadAllText(Path.Combine(chat, "pid")).Trim();

            Assert.Contains("There are no bans.", shell.Output.All);
            Assert.Contains("Teacher", shell.Output.All);
            string[] logins = File.ReadAllLines(Path.Combine(chat, "logins"));
            Assert.HasCount(people, logins);
            MustChat(logins, () => WireClient.Connect(port.Number));
            MustChat(logins, () => TlsTestClient.Connect(securePort.Number, Path.Combine(chat, "tls.pem")));

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

    /// <summary>All log in, and what the first one says reaches all others.</summary>
    private static void MustChat(string[] logins, Func<WireClient> connect)
    {
        var members = new List<WireClient>();
        try
        {
            foreach (string login in logins)
            {
                WireClient member = connect();
                members.Add(member);
                member.Introduce(login);
                member.Send("/join hall");
                member.Fence();
            }

            members[0].Send("hello");
            foreach (WireClient member in members.Skip(1))
            {
                member.ReadUntil($"[{logins[0].Split(':')[0]}] hello");
            }
        }
        finally
        {
            members.ForEach(member => member.Dispose());
        }
    }

    [GeneratedRegex("```bash\n(.*?)```\n", RegexOptions.Singleline)]
    private static partial Regex Block();
}
