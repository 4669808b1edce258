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
    public void However_many_write_to_one_person_it_gets_over_its_limit_by_one_message()
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
    public void Who_leaves_is_found_no_more_and_takes_no_other_person_of_that_name_with_it()
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
