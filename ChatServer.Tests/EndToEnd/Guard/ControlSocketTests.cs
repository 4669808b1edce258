using System.Net.Sockets;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Guard;

[TestClass]
[DoNotParallelize] // captures what is written on the console
public sealed class ControlSocketTests : IDisposable
{
    private readonly GuardFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void The_operator_is_served_while_the_server_is_full()
    {
        using var server = new TestServer(new ServerOptions { Control = _folder.Control, MaxConnections = 2, ReservedPlaces = 0 });
        server.Enter("Bob");
        WireClient eve = server.Enter("Eve");
        Assert.AreSequenceEqual(["The server is full. Please try again later."], server.Connect().ReadToEnd());

        Assert.AreEqual((0, "Eve removed (1 clients).\n", ""), Admin("kick", "Eve", "no", "room"));

        Assert.AreSequenceEqual(["You were removed by a moderator: no room"], eve.ReadToEnd());
    }

    [TestMethod]
    public void Answers_are_text_or_with_json_an_object()
    {
        string login = _folder.Login("Ana");
        using var server = new TestServer(_folder.Options);
        server.Gather("tea", login);
        (int code, string text, _) = Admin("ban", "192.0.2.0/24", "60");
        Assert.AreEqual(0, code);
        Assert.StartsWith("192.0.2.0/24 banned until ", text);

        StringAssert.Contains(Admin("bans").Output, "192.0.2.0/24");
        Assert.AreEqual((0, "Bob is muted for 5 minutes.\n", ""), Admin("mute", "Bob", "5"));
        Assert.AreEqual((0, "Bob is not muted any more.\n", ""), Admin("unmute", "Bob"));
        Assert.AreEqual((0, "The announcement was sent to 1 client.\n", ""), Admin("announce", "Hello", "all"));
        Assert.AreEqual((0, "Channel tea is removed. It had 1 members.\n", ""), Admin("remove", "tea"));
        Assert.AreEqual(0, Admin("accounts-reload").ExitCode);
        Assert.AreEqual((1, "", "There is no ban of 192.0.2.7.\n"), Admin("unban", "192.0.2.7"));
        StringAssert.Contains(Admin("bans", "--json").Output, "\"networks\":[\"192.0.2.0/24\"]");
        StringAssert.Contains(Admin("who", "--json").Output, "\"clients\":[");
        Assert.AreEqual((1, "", "Nobody named Nobody is here.\n"), Admin("kick", "Nobody"));
        Assert.AreEqual(1, Admin("--json", "kick", "Nobody").ExitCode);
    }

    [TestMethod]
    public void The_request_who_shows_name_address_channel_and_kind()
    {
        string login = _folder.Login("Ana", isModerator: true);
        using var server = new TestServer(_folder.Options);
        server.Gather("tea", login, "Bob");

        string[] lines = Admin("who").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.HasCount(3, lines);
        Assert.StartsWith("Ana\t127.0.0.1\ttea\tmoderator\t", lines[0]);
        Assert.StartsWith("Bob\t127.0.0.1\ttea\tguest\t", lines[1]);
        Assert.AreEqual("2 clients.", lines[2]);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("\n")]
    [DataRow("who\n")]
    [DataRow("[]\n")]
    [DataRow("[null]\n")]
    [DataRow("[\"kick\",null]\n")]
    [DataRow("{\"a\":1}\n")]
    [DataRow("[\"who\",\"x\"]\n")]
    [DataRow("[\"ban\",\"Bob\",\"-1\"]\n")]
    [DataRow("[\"who\"]")]
    public void A_wrong_request_does_nothing_and_the_next_one_is_answered(string request)
    {
        using var server = new TestServer(_folder.Options);

        Assert.DoesNotContain("\"done\":true", _folder.AskRaw(request));

        Assert.AreEqual(0, _folder.MustDo("who").GetProperty("clients").GetArrayLength());
    }

    [TestMethod]
    public void A_request_without_an_end_is_cut_off()
    {
        using var server = new TestServer(_folder.Options);
        try
        {
            Assert.AreEqual("", _folder.AskRaw(new string('x', 200_000)));
        }
        catch (SocketException)
        {
            // The server has closed before all of it was sent.
        }

        _folder.MustDo("who");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("no JSON")]
    [DataRow("[]")]
    [DataRow("{}")]
    [DataRow("{\"done\":1}")]
    [DataRow("{\"done\":true,\"text\":7}")]
    public void If_another_program_answers_there_is_one_line_and_exit_code_1(string answer)
    {
        using var other = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        other.Bind(new UnixDomainSocketEndPoint(_folder.Control));
        other.Listen();
        TestThread peer = TestThread.Start("another program", () =>
        {
            using Socket accepted = other.Accept();
            accepted.Receive(new byte[1024]);
            accepted.Send(System.Text.Encoding.UTF8.GetBytes(answer));
        });

        (int code, string output, string error) = Admin("who");

        peer.AwaitEnd();
        Assert.AreEqual((1, ""), (code, output));
        Assert.StartsWith($"No server answers at '{_folder.Control}': ", error);
        Assert.HasCount(1, error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [TestMethod]
    public void A_request_that_comes_byte_by_byte_without_an_end_does_not_block_the_socket()
    {
        using var server = new TestServer(_folder.Options);
        using var slow = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        slow.Connect(new UnixDomainSocketEndPoint(_folder.Control));
        using var stop = new CancellationTokenSource();
        TestThread drips = TestThread.Start("the slow one", () =>
        {
            // Each wait is far below the limit of a request; all together are far above it.
            while (!stop.Token.WaitHandle.WaitOne(100) && TrySend(slow))
            {
            }
        });

        _folder.MustDo("who");

        Assert.IsTrue(drips.HasEndedWithin(Limit.Wait), "The slow one should be cut off.");
        stop.Cancel();
    }

    [TestMethod]
    public void The_socket_is_for_its_owner_only_and_is_removed_at_the_end()
    {
        Needs.Linux();
        using (new TestServer(_folder.Options))
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.Control));
        }

        Assert.IsFalse(File.Exists(_folder.Control));
    }

    [TestMethod]
    public void A_socket_that_a_killed_server_has_left_is_replaced()
    {
        using (var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            left.Bind(new UnixDomainSocketEndPoint(_folder.PathOf("left")));
            File.Move(_folder.PathOf("left"), _folder.Control); // .NET removes what it has bound, by its name
        }

        Assert.IsTrue(File.Exists(_folder.Control));
        using var server = new TestServer(_folder.Options);
        _folder.MustDo("who");
    }

    [TestMethod]
    public void A_socket_of_another_server_and_a_file_of_another_kind_are_left_alone()
    {
        using var server = new TestServer(_folder.Options);
        string file = _folder.PathOf("notes");
        File.WriteAllText(file, "mine");

        Assert.ThrowsExactly<UnusableFileException>(() => new TestServer(_folder.Options));
        Assert.ThrowsExactly<UnusableFileException>(() => new TestServer(_folder.Options with { Control = file }));
        Assert.ThrowsExactly<UnusableFileException>(() => new TestServer(_folder.Options with { Control = $"/tmp/{new string('x', 200)}" }));

        _folder.MustDo("who");
        Assert.AreEqual("mine", File.ReadAllText(file));
    }

    [TestMethod]
    [DataRow]
    [DataRow("/tmp/x")]
    [DataRow("/tmp/x", "sing")]
    [DataRow("/tmp/x", "kick")]
    [DataRow("/tmp/x", "who", "me")]
    public void Wrong_arguments_are_one_line_and_exit_code_2(params string[] args)
    {
        (int code, string output, string error) = ConsoleCapture.Run(() => AdminCommandLine.Run(args));

        Assert.AreEqual((2, ""), (code, output));
        Assert.HasCount(1, error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [TestMethod]
    public void Without_a_server_it_is_one_line_and_exit_code_1()
    {
        (int code, string output, string error) = Admin("who");

        Assert.AreEqual((1, ""), (code, output));
        Assert.StartsWith($"No server answers at '{_folder.Control}': ", error);
    }

    private static bool TrySend(Socket socket)
    {
        try
        {
            return socket.Send("x"u8) == 1;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private (int ExitCode, string Output, string Error) Admin(params string[] words) =>
        ConsoleCapture.Run(() => AdminCommandLine.Run([_folder.Control, .. words]));
}
