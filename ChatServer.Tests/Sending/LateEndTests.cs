using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Sending;

/// <summary>A channel remembers each member that was congested and late at its end, whatever ended it, and no other member.</summary>
[TestClass]
public sealed class LateEndTests : IDisposable
{
    private const int Soft = 16;
    private const int Hard = 64;

    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<string, Action<LateEndTests>> Ends = new()
    {
        ["it joins another channel, or leaves"] = _ => { },
        ["its reader closes its connection"] = test => test._rig.Queue.Close(),
        ["the writer finds its connection lost"] = test => test.LoseConnection(),
        ["its queue passes the hard limit"] = test => test._rig.Append(Hard),
        ["there is no memory for its queue"] = test => test.RunOutOfMemory(),
        ["the budget of memory is used up"] = test => test._rig.Target.Abort(CloseReason.MemoryUsedUp),
        ["a moderator removes it, and it leaves"] = test => test._rig.Queue.Complete(),
        ["a moderator removes it, and it does not leave"] = test => test.Remove(),
        ["it leaves while senders fill its headroom"] = test => test.FillHeadroom(),
        ["it closes while senders fill its headroom"] = test => test.CloseInHeadroom(),
    };

    private readonly FakeTimeProvider _time = new();
    private readonly SendRig _rig;
    private readonly SendRig _sender = new();
    private readonly StallRecord _stalls = new();
    private bool _hasMemory = true;

    public LateEndTests()
    {
        _rig = new SendRig(Soft, Hard, 2 * Stall, time: _time, allocate: Allocate, headroom: 2 * Congestion.SlowStep);
        _rig.Target.Takes = _ => 0;
        _rig.Append(Soft + 1);
        _rig.Round();
    }

    public static IEnumerable<object[]> Rows => Ends.Keys.Select(end => new object[] { end });

    public void Dispose()
    {
        _rig.Dispose();
        _sender.Dispose();
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_congested_and_late_member_is_remembered_when(string end)
    {
        _time.Advance(Stall);

        Ends[end](this);
        _time.Advance(Stall);
        _rig.Queue.NoteStall(_stalls);

        Assert.IsNotNull(_stalls.At);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_congested_member_that_is_not_late_is_not_remembered_when(string end)
    {
        _time.Advance(Stall / 2);

        Ends[end](this);
        _rig.Queue.NoteStall(_stalls);

        Assert.IsNull(_stalls.At);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_late_member_for_which_no_sender_waits_is_not_remembered_when(string end)
    {
        _rig.Target.Takes = offered => Math.Min(offered, (Soft / 2 * Frame.Size) - _rig.Target.TakenCount);
        _rig.Offer();
        _rig.Target.Takes = _ => 0;
        _time.Advance(2 * Stall);
        Assert.IsFalse(_rig.Queue.IsCongested);
        bool isAppended = end == "its queue passes the hard limit"; // then they would wait for it

        Ends[end](this);
        _rig.Queue.NoteStall(_stalls);

        Assert.AreEqual(isAppended, _stalls.At is not null);
    }

    [TestMethod]
    public void A_member_that_takes_a_byte_now_and_then_is_remembered_as_well()
    {
        for (int i = 0; i < 5; i++)
        {
            int left = 1;
            _time.Advance(Stall / 4);
            _rig.Target.Takes = _ => left-- > 0 ? 1 : 0;
            _rig.Offer();
        }

        _rig.Queue.NoteStall(_stalls);

        Assert.IsNotNull(_stalls.At);
    }

    [TestMethod]
    public void A_member_whose_time_is_over_is_remembered_at_once()
    {
        _time.Advance(2 * Stall + Congestion.Worth(2 * Congestion.SlowStep));

        _rig.Queue.CheckSlowness(_stalls);

        Assert.AreSequenceEqual([CloseReason.SlowConsumer], _rig.Target.Aborts);
        Assert.IsNotNull(_stalls.At);
    }

    /// <summary>The sender does not wait until the reader of the member has ended: other members may have stopped with it.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_sender_that_waits_for_a_late_member_notes_its_end_at_once(bool hasPassedHardLimit)
    {
        _time.Advance(Stall);
        FillHeadroom();
        _rig.Append(8); // now the headroom is full
        TestThread thread = TestThread.Start("a sender that waits", () => _sender.Queue.WaitFor(_rig.Queue, _stalls));
        thread.AwaitBlocked();
        Assert.IsNull(_stalls.At);

        if (hasPassedHardLimit)
        {
            _rig.Append(Hard);
        }
        else
        {
            _rig.Queue.Close();
        }

        thread.AwaitEnd();
        Assert.IsNotNull(_stalls.At);
    }

    private ReadOnlyMemory<byte>[] Allocate(int length) => _hasMemory ? new ReadOnlyMemory<byte>[length] : throw new InsufficientMemoryException();

    private void LoseConnection()
    {
        _rig.Target.Takes = _ => -1;
        _rig.Offer();
        Assert.IsFalse(_rig.Queue.IsOpen);
    }

    private void RunOutOfMemory()
    {
        _hasMemory = false;
        while (_rig.Queue.IsOpen)
        {
            _rig.Append();
        }
    }

    private void Remove()
    {
        _rig.Queue.Complete();
        _rig.Queue.Close(); // after the drain timeout
    }

    private void FillHeadroom()
    {
        _rig.Queue.CheckSlowness(new StallRecord());
        Assert.IsFalse(_rig.Queue.IsCongested, "Until the next append.");
    }

    private void CloseInHeadroom()
    {
        FillHeadroom();
        _rig.Queue.Close();
    }
}
