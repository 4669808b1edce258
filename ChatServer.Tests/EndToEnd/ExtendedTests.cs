using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>The extended mode on the wire.</summary>
[TestClass]
public sealed class ExtendedTests
{
    private static readonly ServerOptions Options = new() { Extended = true };

    [TestMethod]
    public void Each_command_is_answered_over_sockets()
    {
        using var server = new TestServer(Options);
        using WireClient ana = server.Connect();
        using WireClient bob = server.Connect();
        ana.Introduce("Ana");
        bob.Introduce("Bob");
        ana.Send("/create tea");
        ana.Fence();
        bob.Send("/join tea", "/who", "/msg Ana hi", "/leave", "/leave", "/msg Carol hi", "/nonsense");

        Assert.AreEqual("Ana\nBob", bob.Read());
        Assert.AreEqual("Not currently in any channel.", bob.Read());
        Assert.AreEqual("Nobody named Carol is here.", bob.Read());
        Assert.AreEqual("/nonsense is not a valid control message. Valid messages are /create, /list, and /join.", bob.Read());
        Assert.AreSequenceEqual(["Bob has joined", "[[Bob]] hi", "Bob has left"], ana.Read(3));
        ana.Send("/help");
        Assert.HasCount(7, ana.Fence());
    }

    [TestMethod]
    public void A_name_in_use_is_rejected()
    {
        using var server = new TestServer(Options);
        using WireClient ana = server.Connect();
        ana.Introduce("Ana");
        using WireClient other = server.Connect();

        other.Send("ANA");

        Assert.AreSequenceEqual(["The name ANA is already in use."], other.ReadToEnd());
    }

    [TestMethod]
    public void A_client_that_has_left_or_lost_its_connection_gets_no_private_message()
    {
        using var server = new TestServer(Options);
        using WireClient ana = server.Connect();
        ana.Introduce("Ana");
        using (WireClient bob = server.Connect())
        {
            bob.Introduce("Bob");
            ana.Send("/msg Bob hi");
            Assert.AreEqual("[[Ana]] hi", bob.Read());
            bob.Reset();
        }

        server.AwaitConnections(1);
        ana.Send("/msg Bob hi");

        Assert.AreEqual("Nobody named Bob is here.", ana.Read());
    }

    /// <summary>The receiver has far more to get than fits its queue: it gets all of it, in the order of each sender, and stays connected.</summary>
    [TestMethod]
    public void Many_private_messages_to_a_slow_reader_all_arrive()
    {
        const int Senders = 8;
        const int Each = 1_500;
        using var server = new TestServer(Options with { SendBufferBytes = 4_096 });
        using WireClient ana = WireClient.Connect(server.Port, receiveBuffer: 4_096);
        ana.Introduce("Ana");
        WireClient[] senders = [.. Enumerable.Range(0, Senders).Select(i =>
        {
            WireClient sender = server.Connect();
            sender.Introduce($"S{i}");
            return sender;
        })];
        Task[] sending = [.. senders.Select(sender => Task.Run(() =>
            sender.Send(Enumerable.Range(0, Each).Select(i => $"/msg Ana {i}"))))];

        var next = new int[Senders];
        for (int i = 0; i < Senders * Each; i++)
        {
            string[] parts = ana.Read().Split("]] ");
            int sender = int.Parse(parts[0][3..], System.Globalization.CultureInfo.InvariantCulture);
            Assert.AreEqual(next[sender]++.ToString(System.Globalization.CultureInfo.InvariantCulture), parts[1]);
        }

        Array.ForEach(sending, task => Eventually.Ended(task, "all should have been sent"));
        Array.ForEach(senders, sender => sender.Dispose());
        Assert.IsEmpty(ana.Fence());
    }
}
