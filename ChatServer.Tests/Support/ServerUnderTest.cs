using System.Net;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>A server that listens on a free port of this machine, and its clients: they end with it.</summary>
internal abstract class ServerUnderTest : IDisposable
{
    private readonly List<WireClient> _clients = [];

    public abstract int Port { get; }

    /// <summary>Connects a client that sends nothing yet; the parameters are those of <see cref="WireClient.Connect"/>.</summary>
    public WireClient Connect(IPAddress? to = null, IPAddress? from = null, int? receiveBuffer = null)
    {
        WireClient client = WireClient.Connect(Port, to, from, receiveBuffer);
        lock (_clients)
        {
            _clients.Add(client);
        }

        return client;
    }

    /// <summary>Connects a client and gives its name. The server has let it in when this returns.</summary>
    public WireClient Enter(string name)
    {
        WireClient client = Connect();
        client.Introduce(name);
        return client;
    }

    /// <summary>Connects clients with these names, all in the new channel <paramref name="channel"/>, and nothing on its way to them.</summary>
    public WireClient[] Gather(string channel, params IEnumerable<string> names)
    {
        WireClient[] members = [.. names.Select(Enter)];
        for (int i = 0; i < members.Length; i++)
        {
            members[i].Send(i == 0 ? $"/create {channel}" : $"/join {channel}");
            Assert.IsEmpty(members[i].Fence(), "A client that creates or joins a channel gets no frame.");
        }

        foreach (WireClient member in members)
        {
            member.Fence();
        }

        return members;
    }

    public virtual void Dispose()
    {
        lock (_clients)
        {
            _clients.ForEach(client => client.Dispose());
        }
    }
}
