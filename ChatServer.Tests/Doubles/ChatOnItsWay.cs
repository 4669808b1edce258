using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Doubles;

/// <summary>A chat in which something of its participants is on its way, as in a cluster, until the test lets it arrive.</summary>
internal sealed class ChatOnItsWay(IChat chat) : IChat, IDisposable
{
    private readonly ManualResetEventSlim _isAwaited = new();
    private readonly ManualResetEventSlim _hasArrived = new();
    private volatile bool _isDone = true;

    /// <summary>Whether all that the participants have asked for is done.</summary>
    public bool IsDone
    {
        get => _isDone;
        set => _isDone = value;
    }

    public int ChannelsVersion => chat.ChannelsVersion;

    /// <summary>Waits until a thread waits for what is on its way.</summary>
    public void AwaitWaiting() => Assert.IsTrue(_isAwaited.Wait(Limit.Wait), "A thread should wait for what is on its way.");

    /// <summary>Those that wait continue.</summary>
    public void Arrive() => _hasArrived.Set();

    public ArriveResult Arrive(Participant participant) => chat.Arrive(participant);

    public void Depart(Participant participant) => chat.Depart(participant);

    public void Synchronize(Participant participant)
    {
        if (!_isDone)
        {
            _isAwaited.Set();
            Assert.IsTrue(_hasArrived.Wait(Limit.Wait), "It should arrive.");
        }
    }

    bool IChat.IsDone(Participant participant) => _isDone;

    public string[] ChannelNames(out int version) => chat.ChannelNames(out version);

    public string[]? MemberNames(string channel) => chat.MemberNames(channel);

    public CreateResult Create(Participant creator, string channel) => chat.Create(creator, channel);

    public bool TryJoin(Participant participant, string channel) => chat.TryJoin(participant, channel);

    public RemoveResult Remove(string channel, ReadOnlyMemory<byte> notice, out int members) => chat.Remove(channel, notice, out members);

    public void Say(Participant sender, ReadOnlyMemory<byte> frames) => chat.Say(sender, frames);

    public void Leave(Participant participant) => chat.Leave(participant);

    public void Dispose()
    {
        _hasArrived.Set();
        _isAwaited.Dispose();
        _hasArrived.Dispose();
    }
}
