using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Guard;

/// <summary>The token of an account is in nothing that server and client write.</summary>
[TestClass]
[TestCategory(NativePrograms.Category)]
public sealed class SecrecyTests : ProgramTests
{
    [TestMethod]
    [DataRow("simple")]
    [DataRow("json")]
    public void No_token_is_in_log_trace_history_audit_or_bans_of_the_server(string format)
    {
        using var folder = new GuardFolder();
        string login = folder.Login("Ana", isModerator: true);
        string wrong = AccountToken.New();
        string torn = AccountToken.New();
        string rejected = AccountToken.New();
        string log;
        string trace = folder.PathOf("trace");
        string history = folder.PathOf("history");
        using (LiveServer server = LiveServer.Start(
            "--log-level", "trace", "--log-format", format, "--accounts", folder.Accounts, "--audit", folder.Audit, "--control", folder.Control,
            "--trace-file", trace, "--extended", "--history", history))
        {
            WireClient bob = server.Gather("tea", "Bob")[0];
            WireClient ana = server.Connect();
            byte[] frame = WireFrame.Encode([login]);
            ana.SendBytes(frame.AsSpan(0, 9)); // the token comes in pieces
            ana.SendBytes(frame.AsSpan(9));
            ana.Send("/join tea", "hello", "/ban 192.0.2.1", "/who", "/history");
            ana.Fence();
            Assert.AreSequenceEqual(["Ana has joined", "[Ana] hello"], bob.Fence());
            foreach (string name in (string[])[$"Ana:{wrong}", $"[Ana]:{rejected}"])
            {
                WireClient client = server.Connect();
                client.Send(name);
                Assert.HasCount(1, client.ReadToEnd());
                client.Dispose();
            }

            WireClient last = server.Connect();
            last.SendBytes(System.Text.Encoding.UTF8.GetBytes($"Ana:{torn}"));
            last.EndSending();
            Assert.IsEmpty(last.ReadToEnd());
            folder.MustDo("who");
            server.Process.Terminate();
            Assert.AreEqual(0, server.AwaitExit());
            log = server.Process.Error.AwaitEnd();
        }

        string[] secrets = [login.Split(':')[1], wrong, torn, rejected];
        Dictionary<string, string> written = Directory.EnumerateFiles(Path.GetDirectoryName(folder.Accounts)!)
            .ToDictionary(file => Path.GetFileName(file), file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)));
        written["the log"] = log;
        foreach (string secret in secrets)
        {
            // Groups of it too: a part would be enough to guess the rest.
            foreach (string part in secret.Split('-').Take(6).Where(part => part.Any(char.IsLetter) && part.Any(char.IsDigit)).Take(2).Append(secret))
            {
                Assert.AreSequenceEqual([], written.Where(file => file.Value.Contains(part, StringComparison.OrdinalIgnoreCase) && IsText(file.Key)).Select(file => $"{part} is in {file.Key}"));
            }

            Assert.AreSequenceEqual([], written.Where(file => file.Value.Contains(secret, StringComparison.OrdinalIgnoreCase)).Select(file => file.Key));
        }

        Assert.Contains("(token)", written["trace"]);
        Assert.Contains("a wrong token for the name Ana", written["the log"]);
    }

    /// <summary>Hashes and a database have any four letters.</summary>
    private static bool IsText(string file) => file is "the log" or "trace" or "audit" or "accounts.bans";
}
