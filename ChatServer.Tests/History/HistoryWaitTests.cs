using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.History;

/// <summary>A client that waits for the history, beside the line of the clients with many commands.</summary>
[TestClass]
public sealed class HistoryWaitTests : IDisposable
{
    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_client_that_waits_for_the_history_keeps_no_turn_to_work_and_waits_no_more_when_it_has_left()
    {
        using var mayWrite = new ManualResetEventSlim();
        using var chat = new RecordedChat(
            _folder.File, openStore: (settings, staged) => new FaultyStore(new HistoryStore(settings, staged), _ => mayWrite.Wait(Limit.Wait)));
        var turns = new WorkTurns(places: 1, new FakeTimeProvider());
        using var writer = new Writer(new Faults(new FaultLog()), work: turns);
        using var rig = new SendRig(writer: writer);
        var ana = new Participant("Ana", rig.Queue);
        IChannelRecord channel = chat.History.Open("tea");
        channel.Append(Frame.Encode("[Ana] one"));
        rig.Queue.Work(WorkShare.AnswerBytes * 2 * WorkShare.Burst);
        Assert.IsFalse(IsFree(turns), "It works.");

        IReadOnlyList<HistoryLine>? found = [];
        TestThread search = TestThread.Start("the search", () => found = chat.History.Find(ana, channel, ["one"], 1));

        Eventually.True(() => IsFree(turns), "another client should work meanwhile");
        rig.Queue.Close();
        search.AwaitEnd();
        Assert.IsNull(found);
        mayWrite.Set();
    }

    private static bool IsFree(WorkTurns turns)
    {
        var probe = new Probe();
        bool isFree = turns.Join(probe);
        turns.Leave(probe);
        return isFree;
    }

    private sealed class Probe : IWorker
    {
        public void GrantWork()
        {
            // It has left the line.
        }
    }
}
