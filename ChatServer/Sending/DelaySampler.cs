using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ThreadedChat.ChatServer.Sending;

/// <summary>
/// Measures the time from the receive of a message to its send, for one message now and then: a reader takes the only ticket, the first
/// queue that it appends to carries the ticket, and the writer gives it back once the message is sent. The writer offers a new one some
/// time later. So all other messages cost one comparison for each append and each send.
/// </summary>
/// <remarks>Each append reads the state. With space around the fields no object that changes often lies in the same cache line.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 160)]
internal sealed class DelaySampler
{
    /// <summary>Milliseconds between two tickets: at most a hundred measurements a second.</summary>
    private const int Interval = 10;

    private const int Taking = -1;
    private const int None = 0;
    private const int Offered = 1;
    private const int Taken = 2;
    private const int Carried = 3;

    [FieldOffset(64)]
    private Action<double>? _recorded;

    [FieldOffset(72)]
    private long _start;

    [FieldOffset(80)]
    private long _offerAt; // the writer's own

    [FieldOffset(88)]
    private int _state = Offered;

    [FieldOffset(92)]
    private int _reader; // the thread that has taken the ticket

    /// <summary>Gets each time, in seconds, on the writer's thread. Set before the writer starts.</summary>
    public Action<double>? Recorded
    {
        get => _recorded;
        set => _recorded = value;
    }

    /// <summary>True while a reader has the ticket and no queue carries it. Each append asks this first: almost always it is false.</summary>
    public bool IsTaken => Volatile.Read(ref _state) == Taken;

    /// <summary>A reader has received something. True if it has taken the ticket: then <see cref="EndReceived"/> must follow.</summary>
    public bool BeginReceived() =>
        Volatile.Read(ref _state) == Offered && Take();

    /// <summary>What was received is done. A ticket that no queue carries is offered again.</summary>
    public void EndReceived()
    {
        // Meanwhile another reader may have taken it.
        if (Volatile.Read(ref _reader) == Environment.CurrentManagedThreadId)
        {
            Interlocked.CompareExchange(ref _state, Offered, Taken);
        }
    }

    /// <summary>True if a queue, to which the calling thread has appended, carries the ticket from now on.</summary>
    public bool TryCarry() =>
        IsTaken
        && _reader == Environment.CurrentManagedThreadId
        && Interlocked.CompareExchange(ref _state, Carried, Taken) == Taken;

    /// <summary>The queue with the ticket has sent the message, or has been closed.</summary>
    public void GiveBack(bool isSent)
    {
        if (isSent)
        {
            _recorded?.Invoke(Stopwatch.GetElapsedTime(_start).TotalSeconds);
        }

        Volatile.Write(ref _state, None);
    }

    /// <summary>Offers a ticket if it is time. Only the writer calls, with the milliseconds that it has read anyway.</summary>
    public void Offer(long now)
    {
        if (_state == None)
        {
            if (_offerAt == 0)
            {
                _offerAt = now + Interval;
            }
            else if (now >= _offerAt)
            {
                _offerAt = 0;
                Volatile.Write(ref _state, Offered);
            }
        }
    }

    private bool Take()
    {
        if (Interlocked.CompareExchange(ref _state, Taking, Offered) != Offered)
        {
            return false;
        }

        _reader = Environment.CurrentManagedThreadId;
        _start = Stopwatch.GetTimestamp();
        Volatile.Write(ref _state, Taken);
        return true;
    }
}
