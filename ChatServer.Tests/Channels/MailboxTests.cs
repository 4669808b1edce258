using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Channels;

/// <summary>Private messages to a receiver that does not keep up. A real send queue, and a peer in the test's hands.</summary>
[TestClass]
public sealed class MailboxTests
{
    private const int Soft = 16;

    [TestMethod]
    public void Many_senders_exceed_the_limit_of_one_receiver_by_one_message_at_most()
    {
        using var receiver = new SendRig(Soft);
        var people = new People();
        people.Add(new Participant("Bob", receiver.Queue));
        SendRig[] rigs = [.. Enumerable.Range(0, 20).Select(_ => new SendRig(Soft))];
        int most = 0;
        receiver.Target.Takes = offered =>
        {
            most = Math.Max(most, receiver.Queue.QueuedBytes);
            return Math.Min(offered, 3 * Frame.Size);
        };
        TestThread[] threads = [.. rigs.Select((rig, i) => TestThread.Start($"sender {i}", () =>
        {
            var sender = new Participant($"Sender{i}", rig.Queue);
            for (int message = 0; message < 10; message++)
            {
                people.MailboxOf("bob")!.Broadcast(sender, Frame.Encode($"[[Sender{i}]] {message}"));
            }
        }))];

        receiver.RoundUntil(() => threads.All(thread => !thread.IsRunning), "all should have had their turn");
        Array.ForEach(threads, thread => thread.AwaitEnd());
        receiver.RoundUntil(() => receiver.Target.TakenCount == 200 * Frame.Size, "the receiver should get all");

        Assert.IsEmpty(receiver.Target.Aborts);
        Assert.IsLessThanOrEqualTo((Soft + 1) * Frame.Size, most);
        string[] texts = [.. receiver.Target.Taken.Chunk(Frame.Size).Select(frame => Frame.Decode(frame))];
        foreach (int i in Enumerable.Range(0, 20))
        {
            Assert.AreSequenceEqual(
                Enumerable.Range(0, 10).Select(message => $"[[Sender{i}]] {message}"),
                texts.Where(text => text.StartsWith($"[[Sender{i}]]", StringComparison.Ordinal)));
        }

        Array.ForEach(rigs, rig => rig.Dispose());
    }

    [TestMethod]
    public void A_participant_that_leaves_is_not_found_and_another_with_its_name_stays()
    {
        var people = new People();
        var old = new Participant("Bob", new RecordingOutbox());
        var next = new Participant("bob", new RecordingOutbox());
        people.Add(old);
        people.Add(next);

        people.Remove(old);
        Assert.IsNotNull(people.MailboxOf("Bob"));
        people.Remove(next);
        Assert.IsNull(people.MailboxOf("Bob"));
    }
}
