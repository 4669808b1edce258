using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Tests.Doubles;

/// <summary>The far end of a send queue: a peer that takes as much as the test lets it, and remembers everything.</summary>
internal sealed class FakeTarget : ISendTarget
{
    /// <summary>Guards the lists: the writer's thread and the test's use them.</summary>
    private readonly Lock _gate = new();

    private readonly List<byte> _taken = [];
    private readonly List<int> _sends = [];
    private readonly List<CloseReason> _aborts = [];
    private readonly List<int> _endings = [];

    /// <summary>How many bytes it takes of so many offered; what <see cref="ISendTarget.Send"/> may return. At first, all.</summary>
    public Func<int, int> Takes { get; set; } = offered => offered;

    /// <summary>What else happens when it is aborted.</summary>
    public Action WhenAborted { get; set; } = () => { };

    /// <summary>All bytes it has taken.</summary>
    public byte[] Taken => Locked(() => _taken.ToArray());

    /// <summary>How many that are.</summary>
    public int TakenCount => Locked(() => _taken.Count);

    /// <summary>How many bytes it took of each send.</summary>
    public int[] Sends => Locked(() => _sends.ToArray());

    /// <summary>Why it was aborted, each time.</summary>
    public CloseReason[] Aborts => Locked(() => _aborts.ToArray());

    /// <summary>How many bytes it had taken at each end of the stream.</summary>
    public int[] Endings => Locked(() => _endings.ToArray());

    public int Send(ReadOnlySpan<byte> bytes)
    {
        int count = Takes(bytes.Length);
        lock (_gate)
        {
            _sends.Add(count);
            _taken.AddRange(bytes[..Math.Max(count, 0)]);
        }

        return count;
    }

    /// <summary>How many tries to end the stream it does not take.</summary>
    public int EndsRejected { get; set; }

    public bool EndSending()
    {
        if (EndsRejected > 0)
        {
            EndsRejected--;
            return false;
        }

        Locked(() => _endings.Add(_taken.Count));
        return true;
    }

    public void Abort(CloseReason reason)
    {
        Locked(() => _aborts.Add(reason));
        WhenAborted();
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    private void Locked(Action write)
    {
        lock (_gate)
        {
            write();
        }
    }
}
