using System.Net;
using System.Net.Sockets;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>A server that does nothing by itself: the test is the server. Its connections end with it.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<WireClient> _accepted = [];

    public RawServer()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Waits for a client: this end of the connection.</summary>
    public WireClient Accept()
    {
        Assert.IsTrue(_listener.Poll(Limit.Wait, SelectMode.SelectRead), $"Nobody connected within {Limit.Wait.TotalSeconds} s.");
        var connection = new WireClient(_listener.Accept());
        _accepted.Add(connection);
        return connection;
    }

    /// <summary>Waits for a client, which must give this name.</summary>
    public WireClient Accept(string name)
    {
        WireClient connection = Accept();
        Assert.AreEqual(name, connection.Read());
        return connection;
    }

    public void Dispose()
    {
        _accepted.ForEach(connection => connection.Dispose());
        _listener.Dispose();
    }
}
