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
    private static readonly HttpLimits Patient = new(3, Limit.Wait, Limit.Wait, TimeSpan.FromSeconds(1));

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

        Assert.AreEqual(431, HttpProbe.Ask(port.Address, $"GET /hello HTTP/1.1\r\nX: {new string('x', HttpConnection.MaxRequest)}").Status);
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
    public void Connections_that_do_nothing_keep_nobody_out(string sent)
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
        Assert.IsLessThanOrEqualTo(3, port.ConnectionCount);
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

        using (Socket fourth = HttpProbe.Connect(port.Address))
        {
            Assert.AreEqual(0, fourth.Receive(new byte[1]));
        }

        Assert.AreEqual(0, _endlessEnds);
        streams.ForEach(socket => socket.Dispose());
        Eventually.True(() => port.ConnectionCount == 0, "their places should be free");
        Assert.AreEqual(200, HttpProbe.Get(port.Address, "/hello").Status);
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
        var routes = new Dictionary<string, HttpHandler>
        {
            ["/hello"] = (_, reply) => reply.SendText(200, "hello"),
            ["/fault"] = (_, _) => throw new InvalidOperationException("of the test"),
            ["/large"] = (_, reply) => reply.Send(200, "text/plain", new byte[LargeAnswer]),
            ["/endless"] = (_, reply) => WriteWithoutEnd(reply),
        };
        var port = new HttpPort(new IPEndPoint(IPAddress.Loopback, number), routes, new Faults(_log), limits);
        port.Start();
        return port;
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
