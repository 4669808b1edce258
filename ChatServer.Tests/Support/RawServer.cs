using System.Net.Sockets;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>A server that does nothing by itself: the test is the server. Its connections end with it, and the clients that it starts.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly LocalListener _listener = new();
    private readonly List<IDisposable> _used = [];

    public int Port => _listener.Port;

    /// <summary>Starts our client. It has connected, has given its name and asks for its first line.</summary>
    public (ChatProcess Client, WireClient Connection) StartClient(string name = "Panda", params IEnumerable<string> options)
    {
        ChatProcess client = RunScript.Start(["client", name, "localhost", RunScript.Text(Port), .. options]);
        _used.Add(client);
        WireClient connection = Accept(name);
        client.Output.MustPrint("[Me] ");
        return (client, connection);
    }

    /// <summary>Waits for a client: this end of the connection.</summary>
    public WireClient Accept()
    {
        Socket? socket = _listener.Accept(Limit.Wait);
        Assert.IsNotNull(socket, $"No client connected within {Limit.Wait.TotalSeconds} s.");
        var connection = new WireClient(socket);
        _used.Add(connection);
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
        _used.ForEach(used => used.Dispose());
        _listener.Dispose();
    }
}
