using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Channels;

/// <summary>Many threads in one channel, as there are many readers in a server: still one order, the same for all.</summary>
[TestClass]
public sealed class ChannelOrderTests
{
    private const int Threads = 4;
    private const int Rounds = 300;
    private const int Visits = 1_000;

    [TestMethod]
    public void All_members_see_the_messages_of_many_senders_in_one_and_the_same_order()
    {
        using var chat = new Chat();
        (ChatUser listener, ChatUser[] senders) = Enter(chat);

        TestThread.Meet(Threads, i =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                senders[i].Sends($"{round} a", $"{round} b");
            }
        });

        string[] order = listener.Outbox.Take();
        Assert.HasCount(Threads * Rounds * 2, order);
        for (int i = 0; i < Threads; i++)
        {
            string prefix = $"[Sender {i}] ";
            Assert.AreSequenceEqual(order.Where(text => !text.StartsWith(prefix, StringComparison.Ordinal)),
                senders[i].Outbox.Take(), $"what sender {i} saw of the others");
            Assert.AreSequenceEqual(
                Enumerable.Range(0, Rounds).SelectMany(round => (string[])[$"{prefix}{round} a", $"{prefix}{round} b"]),
                order.Where(text => text.StartsWith(prefix, StringComparison.Ordinal)), $"the own order of sender {i}");
        }
    }

    [TestMethod]
    public void A_message_reaches_exactly_the_clients_that_are_members_at_its_place_in_the_order()
    {
        using var chat = new Chat();
        (ChatUser listener, ChatUser[] people) = Enter(chat);

        // The even ones talk as long as the odd ones come and go, by way of a channel of their own.
        int visitors = Threads / 2;
        TestThread.Meet(Threads, i =>
        {
            if (i % 2 == 0)
            {
                Talk(people[i], isOver: () => Volatile.Read(ref visitors) == 0);
            }
            else
            {
                ComeAndGo(people[i], ownChannel: $"own-{i}");
                Interlocked.Decrement(ref visitors);
            }
        });

        string[] order = listener.Outbox.Take();
        for (int i = 1; i < Threads; i += 2)
        {
            Assert.AreSequenceEqual(
                SeenBy($"Sender {i}", order), people[i].Outbox.Take(), $"what sender {i} saw on its clientLog");
        }
    }

    [TestMethod]
    public void Each_of_many_members_that_leave_at_once_is_announced_once_to_each_remaining_member()
    {
        for (int round = 0; round < 50; round++)
        {
            using var chat = new Chat();
            (ChatUser listener, ChatUser[] people) = Enter(chat);

            TestThread.Meet(Threads, i => people[i].Leaves());

            string[] order = listener.Outbox.Take();
            Assert.AreSequenceEqual(
                people.Select(person => $"{person.Participant.Name} has left"), order, SequenceOrder.InAnyOrder);
            for (int i = 0; i < Threads; i++)
            {
                int own = Array.IndexOf(order, $"Sender {i} has left");
                people[i].Got(order[..own]);
            }
        }
    }

    /// <summary>One client that only listens, and one client for each thread, all in one channel.</summary>
    private static (ChatUser Listener, ChatUser[] People) Enter(Chat chat)
    {
        ChatUser listener = chat.AdmitTo("tea", "Listener");
        ChatUser[] people = [.. Enumerable.Range(0, Threads).Select(i => chat.AdmitTo("tea", $"Sender {i}"))];
        listener.Outbox.Take();
        Array.ForEach(people, person => person.Outbox.Take());
        return (listener, people);
    }

    private static void Talk(ChatUser person, Func<bool> isOver)
    {
        for (int message = 0; message < 1_000_000 && !isOver(); message++)
        {
            person.Sends($"message {message}");
        }
    }

    private static void ComeAndGo(ChatUser person, string ownChannel)
    {
        person.Sends($"/create {ownChannel}");
        for (int visit = 0; visit < Visits; visit++)
        {
            person.Sends("/join tea", "Here I am", $"/join {ownChannel}");
        }
    }

    /// <summary>
    /// The part of the channel's order that a first member sees: everything from each join to the next leave, except
    /// its own messages.
    /// </summary>
    private static IEnumerable<string> SeenBy(string name, string[] order)
    {
        bool isIn = true;
        foreach (string text in order)
        {
            if (text == $"{name} has joined" || text == $"{name} has left")
            {
                isIn = text.EndsWith("joined", StringComparison.Ordinal);
            }
            else if (isIn && !text.StartsWith($"[{name}] ", StringComparison.Ordinal))
            {
                yield return text;
            }
        }
    }
}
