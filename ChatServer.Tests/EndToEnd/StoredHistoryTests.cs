using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>The history of a server that ends in every way, compared with what members received.</summary>
[TestClass]
[TestCategory(Soak.Category)]
public sealed class StoredHistoryTests(TestContext context) : ProgramTests
{
    [TestMethod]
    [TestCategory(NativePrograms.Category)]
    public void A_stopped_server_has_stored_all_delivered_messages()
    {
        using var folder = new HistoryFolder();
        using LiveServer server = LiveServer.Start("--extended", "--history", folder.File);
        WireClient[] members = server.Gather("tea", "Ana", "Bob");
        string[] texts = [.. Enumerable.Range(0, 5_000).Select(i => $"message {i}")];
        Task sending = Task.Run(() => members[0].Send(texts));

        string[] received = members[1].Read(texts.Length);
        Eventually.Ended(sending, "all should have been sent");
        server.Process.Terminate();

        Assert.AreEqual(0, server.AwaitExit());
        Assert.AreSequenceEqual(texts.Select(text => $"[Ana] {text}"), received);
        Assert.AreSequenceEqual(texts, folder.Texts());
        using ChatProcess printer = RunScript.Start("history", folder.File, "--grep", "message 4999");
        Assert.AreEqual(0, printer.AwaitExit());
        Assert.EndsWith("tea [Ana] message 4999\n", printer.Output.AwaitEnd());
    }

    /// <summary>Each run of the server ends by a kill under load. The next one opens the file and continues.</summary>
    [TestMethod]
    public void After_a_kill_only_the_last_moment_is_missing_and_no_message_is_stored_twice()
    {
        int lives = Soak.Size(3, 20);
        using var folder = new HistoryFolder();
        var expected = new List<string>();
        for (int life = 0; life < lives; life++)
        {
            using LiveServer server = LiveServer.Start("--history", folder.File);
            string channel = $"life{life}";
            WireClient[] members = server.Gather(channel, "Ana", "Bob");
            string[] before = folder.Texts();

            // All of this was said well before the kill: until the file has it.
            string[] first = [.. Enumerable.Range(0, 200).Select(i => $"{channel} early {i}")];
            members[0].Send(first);
            Eventually.True(() => folder.Texts().Length == before.Length + first.Length, "the messages should be stored");

            Task sending = Task.Run(() => SendUntilItBreaks(members[0], $"{channel} late"));
            List<string> received = [.. members[1].Read(first.Length + 1_000).Skip(first.Length)];
            while (folder.Texts().Length <= before.Length + first.Length)
            {
                received.AddRange(members[1].Read(100)); // so the kill comes between two transactions, or in one
            }

            server.Kill();
            Eventually.Ended(sending, "the connection should have broken");
            received.AddRange(members[1].ReadToAnyEnd());

            string[] stored = [.. folder.Texts().Skip(before.Length)];
            Assert.AreSequenceEqual(expected, before, $"life {life}: earlier messages are unchanged");
            Assert.AreSequenceEqual(first, stored.Take(first.Length), $"life {life}");
            string[] late = [.. stored.Skip(first.Length)];
            Assert.IsNotEmpty(late, $"life {life}");
            Assert.AreSequenceEqual(
                Enumerable.Range(0, late.Length).Select(i => $"{channel} late {i}"), late, $"life {life}: a prefix of the messages, each once");
            Assert.AreSequenceEqual(
                Enumerable.Range(0, received.Count).Select(i => $"[Ana] {channel} late {i}"), received, $"life {life}");
            context.WriteLine($"life {life}: a member had received {received.Count} messages, {late.Length} of them are stored");
            expected = [.. before, .. stored];
        }

        using LiveServer last = LiveServer.Start("--history", folder.File);
        WireClient client = last.Connect();
        client.Introduce("Carol");
        client.Send("/list");
        Assert.AreSequenceEqual(
            Enumerable.Range(0, lives).Select(life => $"life{life}").Order(StringComparer.Ordinal), string.Join('\n', client.Fence()).Split('\n'));
    }

    [TestMethod]
    public void On_a_full_disk_the_chat_continues_and_the_log_says_so()
    {
        Needs.Linux();
        Needs.Root("a small file system of its own");
        Needs.Program("unshare");
        using var folder = new HistoryFolder();
        string inside = $"mount -t tmpfs -o size=512k none '{folder.Path}' && exec \"$@\"";
        using (ChatProcess probe = RunScript.StartBash("exec unshare --mount bash -c \"$1\" bash true", inside))
        {
            if (probe.AwaitExit() != 0)
            {
                Assert.Inconclusive($"Needs mount namespaces: {probe.Error.AwaitEnd()}");
            }
        }

        using LiveServer server = LiveServer.StartUnder(
            $"exec unshare --mount bash -c '{inside.Replace("'", "'\\''", StringComparison.Ordinal)}' bash \"$@\"", "--extended", "--history", folder.File);
        WireClient[] members = server.Gather("tea", "Ana", "Bob");
        members[0].Send("while there was room");
        Assert.AreEqual("[Ana] while there was room", members[1].Read());
        members[1].Send("/history 1");
        string stored = members[1].Read();
        Assert.EndsWith(" [Ana] while there was room", stored);
        const int Count = 20_000;
        string filling = new('x', 150);
        Task sending = Task.Run(() => members[0].Send(Enumerable.Range(0, Count).Select(i => $"{i} {filling}")));

        string[] received = members[1].Read(Count);

        Eventually.Ended(sending, "all should have been sent");
        Assert.AreEqual($"[Ana] {Count - 1} {filling}", received[^1]);
        Eventually.True(
            () => server.Log.Contains("Cannot write the history: the disk is full. The server tries again", StringComparison.Ordinal), "the log should say so");
        members[1].Send("/history 200");
        string[] texts = [.. members[1].Fence().Select(line => line[(line.IndexOf("] ", StringComparison.Ordinal) + 2)..])];
        string[] sent = ["while there was room", .. Enumerable.Range(0, Count).Select(i => $"{i} {filling}")];
        int last = Array.IndexOf(sent, texts[^1]);
        Assert.IsLessThan(Count, last, "The disk is full.");
        Assert.AreSequenceEqual(sent[(last + 1 - texts.Length)..(last + 1)], texts, "Stored messages can still be read.");
    }

    [TestMethod]
    public void A_file_that_cannot_be_used_is_one_line_and_exit_code_1()
    {
        using var folder = new HistoryFolder();
        File.WriteAllText(folder.File, string.Concat(Enumerable.Repeat("a letter\n", 100)));

        using ChatProcess server = RunScript.Start("server", "0", "--history", folder.File);

        server.MustExit(1, error: $"Cannot open the history '{folder.File}': it is not a history of this server.\n");
    }

    private static void SendUntilItBreaks(WireClient client, string text)
    {
        try
        {
            for (int i = 0; ; i++)
            {
                client.Send($"{text} {i}");
            }
        }
        catch (System.Net.Sockets.SocketException)
        {
            // The server was killed.
        }
    }
}
