using ThreadedChat.ChatServer.Cluster;

namespace ThreadedChat.ChatServer.Tests.Cluster;

/// <summary>A log in memory, and the way to it, on which entries are lost, doubled, delayed and overtaken.</summary>
internal sealed class UnreliableLog(Random random)
{
    private readonly List<byte[]> _onTheirWay = [];

    public List<byte[]> Entries { get; } = [];

    /// <summary>An entry is sent.</summary>
    public void Send(byte[] entry)
    {
        int copies = random.Next(10) switch
        {
            0 => 0,
            1 => 2,
            _ => 1,
        };
        _onTheirWay.AddRange(Enumerable.Repeat(entry, copies));
    }

    /// <summary>One of the entries on their way arrives; now and then one that was not the first.</summary>
    public void Deliver()
    {
        if (_onTheirWay.Count > 0)
        {
            int which = random.Next(4) == 0 ? random.Next(_onTheirWay.Count) : 0;
            Entries.Add(_onTheirWay[which]);
            _onTheirWay.RemoveAt(which);
        }
    }

    /// <summary>All that is still on its way arrives.</summary>
    public void DeliverAll()
    {
        Entries.AddRange(_onTheirWay);
        _onTheirWay.Clear();
    }
}
