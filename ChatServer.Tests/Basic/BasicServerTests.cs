using System.Net;
using System.Net.Sockets;
using System.Text;
using ThreadedChat.ChatServer.Basic;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Basic;

/// <summary>docs/protocol.md, section 7. The output of the server is a socket, so that the test can wait for it.</summary>
[TestClass]
public sealed class BasicServerTests : IDisposable
{
    private readonly Socket _listener = ListenSocket.Open(0);
    private readonly WireClient _reader;
    private readonly NetworkStream _output;
    private readonly TestThread _server;

    public BasicServerTests()
    {
        using Socket output = ListenSocket.Open(0);
        _reader = WireClient.Connect(PortOf(output));
        _output = new NetworkStream(output.Accept(), ownsSocket: true);
        _server = TestThread.Start("the basic server", () => BasicServer.Run(_listener, _output));
    }

    public void Dispose()
    {
        _listener.Dispose();
        _server.AwaitEnd();
        _output.Dispose();
        _reader.Dispose();
    }

    [TestMethod]
    [DataRow("half a line")]
    [DataRow("a whole line\n")]
    public void The_line_of_a_client_that_resets_its_connection_ends_with_a_newline(string text)
    {
        WireClient client = WireClient.Connect(PortOf(_listener));
        client.SendBytes(Encoding.UTF8.GetBytes(text));
        Assert.AreEqual(text, Read(text.Length));

        client.Reset();
        Send("next");

        Assert.AreEqual("\nnext\n", Read(6));
    }

    private static int PortOf(Socket listener) => ((IPEndPoint)listener.LocalEndPoint!).Port;

    private void Send(string line)
    {
        using WireClient client = WireClient.Connect(PortOf(_listener));
        client.SendBytes(Encoding.UTF8.GetBytes(line));
    }

    /// <summary>Waits for so many bytes of output.</summary>
    private string Read(int count)
    {
        var bytes = new byte[count];
        for (int have = 0; have < count;)
        {
            int more = _reader.Socket.Receive(bytes, have, count - have, SocketFlags.None);
            Assert.IsGreaterThan(0, more, "The output ended.");
            have += more;
        }

        return Encoding.UTF8.GetString(bytes);
    }
}
