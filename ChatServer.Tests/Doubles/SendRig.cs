using System.Runtime.InteropServices;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Doubles;

/// <summary>A send queue between a test and a fake peer. Its writer has no thread unless the test starts it: <see cref="Round"/> is its work, done here.</summary>
internal sealed class SendRig : IDisposable
{
    /// <summary>Longer than any test: a waiting thread is released by an event and not by time.</summary>
    private static readonly TimeSpan Endless = TimeSpan.FromHours(1);

    private readonly bool _ownsWriter;
    private int _frames;

    /// <param name="softFrames">The soft limit, in frames.</param>
    /// <param name="hardFrames">The hard limit, in frames.</param>
    /// <param name="slowTimeout">How long senders wait; without a value, for ever.</param>
    /// <param name="writer">The writer of another rig, to share.</param>
    /// <param name="time">The clock for waits, if it matters.</param>
    /// <param name="allocate">Makes the arrays of the queue, if it matters.</param>
    /// <param name="headroom">Bytes above the soft limit that senders may fill slowly.</param>
    public SendRig(
        int softFrames = 1_000,
        int hardFrames = 10_000,
        TimeSpan? slowTimeout = null,
        Writer? writer = null,
        TimeProvider? time = null,
        Func<int, ReadOnlyMemory<byte>[]>? allocate = null,
        int headroom = 0)
    {
        _ownsWriter = writer is null;
        Writer = writer ?? new Writer(new Faults(Log));
        var limits = new SendLimits(softFrames * Frame.Size, hardFrames * Frame.Size, slowTimeout ?? Endless) { HeadroomBytes = headroom };
        Queue = new SendQueue(Target, Writer, limits, time ?? TimeProvider.System, allocate);
        Target.WhenAborted = Queue.Close; // as a connection does
    }

    public FakeTarget Target { get; } = new();

    public Writer Writer { get; }

    /// <summary>Gets the faults of the writer.</summary>
    public FaultLog Log { get; } = new();

    public SendQueue Queue { get; }

    /// <summary>All bytes that were appended, in their order.</summary>
    public List<byte> Appended { get; } = [];

    /// <summary>Appends one run of so many frames, no two the same.</summary>
    public bool Append(int frames = 1)
    {
        byte[] run = [.. Enumerable.Range(0, frames).SelectMany(_ => Frame.Encode($"frame {_frames++} {new string('x', 150)}"))];
        Appended.AddRange(run);
        return Queue.Append(run);
    }

    /// <summary>One round of the writer.</summary>
    public void Round() => Writer.Round();

    /// <summary>
    /// The writer tries again now each peer that took nothing at its last try, and does a round: a peer that took a part is offered the rest. Without
    /// this, it tries again by the system's clock, and a virtual clock does not move that.
    /// </summary>
    public void Offer()
    {
        Writer.Retry();
        Round();
    }

    /// <summary>Runs rounds until the condition holds: more than one if the writer must retry a peer that took nothing.</summary>
    public void RoundUntil(Func<bool> condition, string reason) => Eventually.True(
        () =>
        {
            Round();
            return condition();
        },
        reason);

    /// <summary>Rounds, until the peer has all that was appended; sees to it that it has exactly that.</summary>
    public void RoundUntilAllIsTaken()
    {
        RoundUntil(() => Target.TakenCount >= Appended.Count, "the peer should have all that was appended");
        AssertTaken(Appended.Count);
    }

    /// <summary>Asserts that the peer has received exactly the first so many bytes of the appended ones.</summary>
    public void AssertTaken(int bytes)
    {
        byte[] taken = Target.Taken;
        Assert.AreEqual(bytes, taken.Length, "bytes that the peer has taken");
        Assert.AreEqual(bytes, taken.AsSpan().CommonPrefixLength(CollectionsMarshal.AsSpan(Appended)), "of these as appended");
    }

    public void Dispose()
    {
        if (_ownsWriter)
        {
            Writer.Dispose();
        }
    }
}
