using System.Net;
using System.Net.Sockets;
using System.Text;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/protocol.md, section 1: what a frame is, over real sockets.</summary>
[TestClass]
public sealed class FramingTests
{
    [TestMethod]
    public void A_frame_from_the_server_is_200_bytes_filled_up_with_spaces()
    {
        using var server = new TestServer();
        WireClient panda = server.Enter("Panda");
        panda.Send("/join nowhere");

        byte[]? frame = panda.ReadFrame();

        string text = "No channel named nowhere exists. Try '/create nowhere'?";
        Assert.AreEqual(text.PadRight(200, ' '), Encoding.ASCII.GetString(frame!));
    }

    [TestMethod]
    public void A_frame_passed_on_is_200_bytes_filled_up_with_spaces()
    {
        using var server = new TestServer();
        WireClient[] room = server.Gather("room", "Panda", "Alice");
        room[0].Send("hi");

        byte[]? frame = room[1].ReadFrame();

        Assert.AreEqual("[Panda] hi".PadRight(200, ' '), Encoding.ASCII.GetString(frame!));
    }

    [TestMethod]
    [DataRow("127.0.0.1")]
    [DataRow("::1")]
    public void One_socket_serves_both_versions_of_IP(string address)
    {
        if (address == "::1" && !CanUseIPv6())
        {
            Assert.Inconclusive("This machine has no IPv6.");
        }

        using var server = new TestServer();
        WireClient client = server.Connect(IPAddress.Parse(address));

        client.Send("Panda", "hello");

        Assert.AreEqual("Not currently in any channel. Must join a channel before sending messages.", client.Read());
    }

    [TestMethod]
    [DataRow("hello\n")]
    [DataRow("hello\r\n")]
    [DataRow("hello \t\r\n \n")]
    public void Whitespace_at_the_end_is_stripped(string sent)
    {
        using var server = new TestServer();
        WireClient[] room = server.Gather("room", "Panda", "Alice");

        room[0].Send(sent);

        Assert.AreEqual("[Panda] hello", room[1].Read());
    }

    [TestMethod]
    public void A_name_with_its_newline_is_the_name()
    {
        using var server = new TestServer();
        WireClient alice = server.Gather("room", "Alice")[0];

        server.Enter("Panda\n").Send("/join room\n");

        Assert.AreEqual("Panda has joined", alice.Read());
    }

    [TestMethod]
    public void Spaces_at_the_beginning_belong_to_the_text()
    {
        using var server = new TestServer();
        WireClient[] room = server.Gather("room", "Panda", "Alice");

        room[0].Send("   three");

        Assert.AreEqual("[Panda]    three", room[1].Read());
    }

    [TestMethod]
    public void Frames_sent_byte_by_byte_are_frames()
    {
        using var server = new TestServer();
        WireClient client = server.Connect();

        foreach (byte value in WireFrame.Encode(["Panda", "/create größe", "/list"]))
        {
            client.SendBytes([value]);
        }

        Assert.AreEqual("größe", client.Read());
    }

    [TestMethod]
    public void A_frame_cut_inside_a_character_is_put_together()
    {
        using var server = new TestServer();
        WireClient[] room = server.Gather("room", "Panda", "Alice");
        byte[] frame = WireFrame.Encode("ab🐼cd");

        room[0].SendBytes(frame.AsSpan(0, 4)); // two bytes of the panda's four
        Assert.IsEmpty(room[1].Fence(), "A part of a frame is not passed on.");
        room[0].SendBytes(frame.AsSpan(4));

        Assert.AreEqual("[Panda] ab🐼cd", room[1].Read());
    }

    [TestMethod]
    public void Many_frames_in_one_send_are_done_one_by_one()
    {
        using var server = new TestServer();
        WireClient[] room = server.Gather("room", "Panda", "Alice");
        string[] texts = [.. Enumerable.Range(0, 500).Select(i => $"message {i}")];

        room[0].Send(texts);

        room[1].Read(500).MustBe(texts.Select(text => $"[Panda] {text}"));
    }

    [TestMethod]
    public void The_name_and_what_follows_may_come_in_one_send()
    {
        using var server = new TestServer();
        WireClient client = server.Connect();

        client.Send("Panda", "/create b", "/create a", "hello", "/list");

        Assert.AreEqual("a\nb", client.Read());
    }

    private static bool CanUseIPv6()
    {
        try
        {
            using var probe = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
