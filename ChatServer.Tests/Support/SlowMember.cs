using System.Net.Sockets;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>A channel with a member that does not read, and a sender that goes on until it has to wait for that member.</summary>
internal sealed class SlowMember : IDisposable
{
    private const int Burst = 100;
    private const int KernelBytes = 4 * 1024;

    private readonly WireClient _slow;
    private readonly WireClient _sender;
    private readonly Thread _thread;
    private volatile bool _isOver;
    private Thread? _reading;

    /// <summary>Connects both. The slow one is the first client of <paramref name="server"/> that this makes.</summary>
    public SlowMember(ServerUnderTest server, string channel = "slow-room", string slow = "Slow", string sender = "Talker")
    {
        _slow = server.Connect(receiveBuffer: KernelBytes);
        _slow.Introduce(slow);
        _slow.Send($"/create {channel}");
        _slow.Fence();
        _sender = server.Enter(sender);
        _sender.Send($"/join {channel}");
        _sender.Fence();
        _slow.Read(1).MustBe($"{sender} has joined");
        _thread = new Thread(Talk) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Stops talking; the slow member reads from now on, until the end.</summary>
    public void Read()
    {
        _isOver = true;
        _reading = new Thread(ReadToEnd) { IsBackground = true };
        _reading.Start();
    }

    public void Dispose()
    {
        _isOver = true;
        _slow.Dispose();
        _sender.Dispose();
        _thread.Join(Limit.Wait);
        _reading?.Join(Limit.Wait);
    }

    private void ReadToEnd()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (_slow.Socket.Receive(buffer) > 0)
            {
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }

    private void Talk()
    {
        try
        {
            while (!_isOver)
            {
                _sender.Send(Enumerable.Repeat("words", Burst));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }
}
