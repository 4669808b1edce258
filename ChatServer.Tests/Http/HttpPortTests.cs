using System.Net;
using System.Net.Sockets;
using System.Text;
using ThreadedChat.ChatServer.Http;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Http;

[TestClass]
public sealed class HttpPortTests
{
    private static readonly HttpLimits Patient = new(
        Heads: 3, Pages: 3, Checks: 3, Streams: 3, Limit.Wait, Limit.Wait, TimeSpan.FromSeconds(1));

    private readonly FaultLog _log = new();

    [TestMethod]
    public void A_path_is_answered_with_headers_that_keep_a_page_safe()
    {
        using HttpPort port = Open(Patient);

        HttpProbe.Answer answer = HttpProbe.Get(port.Address, "/hello");

        Assert.AreEqual((200, "hello\n"), (answer.Status, answer.Body));
        Assert.Contains("Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self';", answer.Head);
        Assert.DoesNotContain("unsafe", answer.Head);
        Assert.Contains("X-Content-Type-Options: nosniff", answer.Head);
        Assert.Contains("Cross-Origin-Resource-Policy: same-origin", answer.Head);
        Assert.Contains("frame-ancestors 'none'", answer.Head);
        Assert.DoesNotContain("Access-Control-Allow-Origin", answer.Head);
        Assert.Contains("Content-Length: 6", answer.Head);
    }

    [TestMethod]
    [DataRow("GET /none HTTP/1.1\r\nHost: localhost\r\n\r\n", 404)]
    [DataRow("GET /hello/ HTTP/1.1\r\nHost: localhost\r\n\r\n", 404)]
    [DataRow("GET /%68ello HTTP/1.1\r\nHost: localhost\r\n\r\n", 404)]
    [DataRow("POST /hello HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", 405)]
    [DataRow("GET /hello HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421)]
    [DataRow("GET /hello HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n\r\n", 403)]
    [DataRow("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\nGET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, DisplayName = "two requests in one send")]
    [DataRow("\u0016\u0003\u0001\u0002\u0000\r\n\r\n", 400, DisplayName = "a client of TLS")]
    public void An_invalid_request_gets_an_error_and_the_next_request_is_answered(string request, int status)
    {
        using HttpPort port = Open(Patient);

        Assert.AreEqual(status, HttpProbe.Ask(port.Address, request).Status);
        Assert.AreEqual(200, HttpProbe.Get(port.Address, "/hello").Status);
    }

    [TestMethod]
    public void A_request_that_is_too_large_is_rejected()
    {
        using HttpPort port = Open(Patient);

        Assert.AreEqual(431, HttpProbe.Ask(port.Address, $"GET /hello HTTP/1.1\r\nX: {new string('x', HttpHead.MaxRequest)}").Status);
    }

    [TestMethod]
    public void A_request_may_come_byte_by_byte()
    {
        using HttpPort port = Open(Patient);
        using Socket socket = HttpProbe.Connect(port.Address);
        socket.NoDelay = true;
        foreach (byte one in Encoding.ASCII.GetBytes("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        {
            socket.Send([one]);
        }

        Assert.AreEqual(200, HttpProbe.ReadAnswer(socket).Status);
    }

    [TestMethod]
    [DataRow("", DisplayName = "nothing at all")]
    [DataRow("GET /hello HT", DisplayName = "a part of a request")]
    public void A_connection_that_sends_no_whole_request_in_time_is_closed(string part)
    {
        using HttpPort port = Open(Patient with { Request = TimeSpan.FromMilliseconds(50) });
        using Socket socket = HttpProbe.Connect(port.Address);
        socket.Send(Encoding.ASCII.GetBytes(part));

        Assert.AreEqual(408, HttpProbe.ReadAnswer(socket).Status);
        Eventually.True(() => port.ConnectionCount == 0, "the connection should be freed");
    }

    [TestMethod]
    [DataRow("", DisplayName = "nothing was sent")]
    [DataRow("GET /hello HTTP", DisplayName = "a part of a request")]
    [DataRow("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n", DisplayName = "an answer that is not read")]
    public void Idle_connections_keep_no_client_out(string sent)
    {
        using HttpPort port = Open(Patient);
        var silent = new List<Socket>();
        for (int i = 0; i < 5; i++)
        {
            silent.Add(HttpProbe.Connect(port.Address, receiveBuffer: 4_096));
            silent[^1].Send(Encoding.ASCII.GetBytes(sent));
        }

        Eventually.True(() => port.ConnectionCount == 3, "there should be as many connections as there may be");

        Assert.AreEqual(200, HttpProbe.Get(port.Address, "/hello").Status);
        Eventually.True(() => port.ConnectionCount <= 3, "the answer should end, and there should be no more than before");
        silent.ForEach(socket => socket.Dispose());
    }

    [TestMethod]
    public void Streams_above_the_limit_are_closed_and_those_that_are_open_stay()
    {
        using HttpPort port = Open(Patient);
        var streams = new List<Socket>();
        for (int i = 0; i < 3; i++)
        {
            streams.Add(HttpProbe.Connect(port.Address));
            streams[^1].Send("GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n"u8);
            Assert.IsGreaterThan(0, streams[^1].Receive(new byte[100]));
        }

        Assert.AreEqual(503, HttpProbe.Get(port.Address, "/endless").Status);

        Assert.AreEqual(0, _endlessEnds);
        streams.ForEach(socket => socket.Dispose());
        Eventually.True(() => port.ConnectionCount == 0, "their places should be free");
        Assert.AreEqual(200, HttpProbe.Get(port.Address, "/hello").Status);
    }

    [TestMethod]
    public void A_check_is_answered_while_every_other_place_is_taken_from_the_same_address()
    {
        using HttpPort port = Open(Patient);
        var sockets = new List<Socket>();
        foreach (string request in (string[])["/large HTTP/1.1\r\nHost: localhost\r\n\r\n", "/endless HTTP/1.1\r\nHost: localhost\r\n\r\n", "/check HTTP/1.1\r\nHost: lo"])
        {
            for (int i = 0; i < 6; i++)
            {
                sockets.Add(HttpProbe.Connect(port.Address, receiveBuffer: 4_096));
                sockets[^1].Send(Encoding.ASCII.GetBytes($"GET {request}"));
            }
        }

        Eventually.True(() => port.ConnectionCount == 9, "all places but those of the checks should be taken");
        for (int i = 0; i < 20; i++)
        {
            Assert.AreEqual("well\n", HttpProbe.Get(port.Address, "/check").Body);
        }

        sockets.ForEach(socket => socket.Dispose());
    }

    /// <summary>Without a share for each address the oldest connection would be closed, which here is not the attacker's.</summary>
    [TestMethod]
    public void However_many_unfinished_requests_one_address_has_that_of_another_address_stays()
    {
        using HttpPort port = Open(Patient);
        using Socket honest = HttpProbe.Connect(port.Address);
        honest.Send("GET /check HTTP/1.1\r\nHo"u8);
        Eventually.True(() => port.ConnectionCount == 1, "it should have a place");
        var others = new List<Socket>();
        for (int i = 0; i < 10; i++)
        {
            others.Add(HttpProbe.Connect(port.Address, from: IPAddress.Parse("127.0.0.2")));
            others[^1].Send("GET /check HTTP/1.1\r\nHo"u8);
        }

        // Two of them have the other places, so that many are closed.
        Eventually.True(() => others.Count(socket => socket.Poll(0, SelectMode.SelectRead)) == 8, "all above the limit should be closed");
        honest.Send("st: localhost\r\n\r\n"u8);

        Assert.AreEqual(200, HttpProbe.ReadAnswer(honest).Status);
        others.ForEach(socket => socket.Dispose());
    }

    [TestMethod]
    public void One_address_that_has_all_streams_gives_one_up_to_another_address()
    {
        using HttpPort port = Open(Patient);
        Socket[] streams = [.. Enumerable.Range(0, 3).Select(_ => OpenWaiting(port, "127.0.0.2"))];

        using Socket other = OpenWaiting(port, "127.0.0.1");

        Assert.IsTrue(HasEnded(streams[0]), "The oldest ends, at once and not when it next has something to send.");
        Assert.AreEqual(503, HttpProbe.Get(port.Address, "/waiting", from: IPAddress.Parse("127.0.0.2")).Status);
        Assert.AreEqual(3, port.ConnectionCount);
        Array.ForEach(streams, socket => socket.Dispose());
    }

    [TestMethod]
    public void A_stream_whose_browser_has_closed_frees_its_place_at_once()
    {
        using HttpPort port = Open(Patient);

        OpenWaiting(port, "127.0.0.1").Dispose();

        Eventually.True(() => port.ConnectionCount == 0, "its place should be free");
    }

    [TestMethod]
    public void Checks_that_are_not_read_keep_no_other_check_out()
    {
        using HttpPort port = Open(Patient);
        var silent = new List<Socket>();
        for (int i = 0; i < 5; i++)
        {
            silent.Add(HttpProbe.Connect(port.Address, receiveBuffer: 4_096));
            silent[^1].Send("GET /large-check HTTP/1.1\r\nHost: localhost\r\n\r\n"u8);
        }

        Eventually.True(() => port.ConnectionCount == 3, "there should be as many as there may be");

        Assert.AreEqual(200, HttpProbe.Get(port.Address, "/check").Status);
        silent.ForEach(socket => socket.Dispose());
    }

    [TestMethod]
    public void A_request_that_comes_byte_by_byte_has_no_more_time_than_another()
    {
        using HttpPort port = Open(Patient with { Request = TimeSpan.FromMilliseconds(500) });
        using Socket socket = HttpProbe.Connect(port.Address);
        socket.NoDelay = true;
        SendsByte(socket);
        Eventually.True(() => port.ConnectionCount == 1, "it should have a place");

        Eventually.True(() => SendsByte(socket) && port.ConnectionCount == 0, "the connection should be freed");
    }

    [TestMethod]
    public void A_browser_that_reads_a_little_now_and_then_is_closed_too()
    {
        using HttpPort port = Open(Patient with { Piece = TimeSpan.FromMilliseconds(300) });
        using Socket socket = HttpProbe.Connect(port.Address, receiveBuffer: 4_096);
        socket.Send("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n"u8);
        var buffer = new byte[16 * 1024];
        long received = 0;

        // 64 KB each time that a tenth of the limit has passed: the whole answer would take 4 seconds.
        TestThread reader = TestThread.Start("the browser", () =>
        {
            using var pause = new ManualResetEventSlim();
            while (port.ConnectionCount > 0)
            {
                for (int i = 0; i < 4 && port.ConnectionCount > 0 && socket.Poll(0, SelectMode.SelectRead); i++)
                {
                    received += socket.Receive(buffer);
                }

                pause.Wait(30);
            }
        });

        Eventually.True(() => port.ConnectionCount == 0, "the connection should be freed");
        reader.AwaitEnd();
        Assert.IsLessThan(LargeAnswer, received);
    }

    [TestMethod]
    public void A_browser_that_does_not_read_is_closed()
    {
        using HttpPort port = Open(Patient with { Piece = TimeSpan.FromMilliseconds(50) });
        using Socket socket = HttpProbe.Connect(port.Address, receiveBuffer: 4_096);
        socket.Send("GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n"u8);

        Eventually.True(() => _endlessEnds > 0, "the endless answer should be ended");
        Eventually.True(() => port.ConnectionCount == 0, "the connection should be freed");
    }

    [TestMethod]
    public void At_the_end_answers_that_are_under_way_end()
    {
        HttpPort port = Open(Patient);
        using Socket silent = HttpProbe.Connect(port.Address);
        using Socket reading = HttpProbe.Connect(port.Address);
        reading.Send("GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n"u8);
        Assert.IsGreaterThan(0, reading.Receive(new byte[100]));

        port.Dispose();

        Assert.AreEqual(0, port.ConnectionCount);
        Assert.ThrowsExactly<SocketException>(() => HttpProbe.Connect(port.Address));
    }

    [TestMethod]
    public void A_fault_in_an_answer_ends_only_that_answer()
    {
        using HttpPort port = Open(Patient);
        using (Socket socket = HttpProbe.Connect(port.Address))
        {
            socket.Send("GET /fault HTTP/1.1\r\nHost: localhost\r\n\r\n"u8);
            Assert.AreEqual(0, socket.Receive(new byte[1]));
        }

        Eventually.True(() => _log.Faults.Count == 1, "the fault should be logged");
        Assert.AreEqual(200, HttpProbe.Get(port.Address, "/hello").Status);
    }

    [TestMethod]
    public void An_address_that_is_in_use_is_a_clear_error()
    {
        using var taken = new Socket(SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();

        HttpException e = Assert.ThrowsExactly<HttpException>(() => Open(Patient, ((IPEndPoint)taken.LocalEndPoint!).Port));

        Assert.EndsWith("for --http: it is in use already.", e.Message);
    }

    private const int LargeAnswer = 8 * 1024 * 1024;

    private int _endlessEnds;

    private HttpPort Open(HttpLimits limits, int number = 0)
    {
        var routes = new Dictionary<string, HttpRoute>
        {
            ["/hello"] = new(HttpKind.Page, (_, reply) => reply.SendText(200, "hello")),
            ["/check"] = new(HttpKind.Check, (_, reply) => reply.SendText(200, "well")),
            ["/fault"] = new(HttpKind.Page, (_, _) => throw new InvalidOperationException("of the test")),
            ["/large"] = new(HttpKind.Page, (_, reply) => reply.Send(200, "text/plain", new byte[LargeAnswer])),
            ["/large-check"] = new(HttpKind.Check, (_, reply) => reply.Send(200, "text/plain", new byte[LargeAnswer])),
            ["/endless"] = new(HttpKind.Stream, (_, reply) => WriteWithoutEnd(reply)),
            ["/waiting"] = new(HttpKind.Stream, (_, reply) => WaitWithoutEnd(reply)),
        };
        var port = new HttpPort(new IPEndPoint(IPAddress.Loopback, number), routes, new Faults(_log), limits);
        port.Start();
        return port;
    }

    private static Socket OpenWaiting(HttpPort port, string from)
    {
        Socket socket = HttpProbe.Connect(port.Address, from: IPAddress.Parse(from));
        socket.Send("GET /waiting HTTP/1.1\r\nHost: localhost\r\n\r\n"u8);
        var head = new byte[4_096];
        int count = 0;
        while (!head.AsSpan(0, count).EndsWith("\r\n\r\n"u8))
        {
            int more = socket.Receive(head, count, head.Length - count, SocketFlags.None);
            Assert.AreNotEqual(0, more, "It should be answered.");
            count += more;
        }

        return socket;
    }

    private static bool HasEnded(Socket socket)
    {
        try
        {
            return socket.Receive(new byte[1]) == 0;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionReset;
        }
    }

    /// <summary>True, also if the other side has closed.</summary>
    private static bool SendsByte(Socket socket)
    {
        try
        {
            socket.Send("x"u8);
        }
        catch (SocketException)
        {
            // It is closed.
        }

        return true;
    }

    private static void WaitWithoutEnd(HttpReply reply)
    {
        reply.BeginStream("text/plain");
        while (true)
        {
            reply.Wait(Limit.Wait);
        }
    }

    private void WriteWithoutEnd(HttpReply reply)
    {
        try
        {
            reply.BeginStream("text/plain");
            while (true)
            {
                reply.Write(new byte[64 * 1024]);
            }
        }
        finally
        {
            Interlocked.Increment(ref _endlessEnds);
        }
    }
}
