using System.Net;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Guard;

/// <summary>Bans of names and networks, on a running server.</summary>
[TestClass]
public sealed class BanTests : IDisposable
{
    private const string Banned = "You are banned from this server.";

    private static readonly IPAddress Elsewhere = IPAddress.Parse("127.0.0.3");

    private readonly GuardFolder _folder = new();
    private readonly string _moderator;

    public BanTests() => _moderator = _folder.Login("Ana", isModerator: true);

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_ban_by_name_bans_the_name_and_its_address_unless_many_share_the_address()
    {
        using var server = new TestServer(_folder.Options with { TrustLoopback = false });
        WireClient eve = server.Connect(from: Elsewhere);
        eve.Introduce("Eve");
        WireClient ana = server.Enter(_moderator);

        ana.Send("/ban Eve 90");

        Assert.StartsWith("Eve, 127.0.0.3/32 banned until ", ana.Read());
        Assert.AreSequenceEqual([Banned], eve.ReadToEnd());
        WireClient other = server.Connect(from: Elsewhere);
        other.Send("Bob");
        Assert.AreSequenceEqual([Banned], other.ReadToEnd(), "the address, under another name");
        WireClient again = server.Connect();
        again.Send("EVE");
        Assert.AreSequenceEqual([Banned], again.ReadToEnd(), "the name, from elsewhere");
        ana.Send("/unban Eve");
        Assert.AreEqual("Eve is not banned any more.", ana.Read());
        server.Connect(from: Elsewhere).Introduce("Eve");
    }

    [TestMethod]
    public void A_ban_by_name_does_not_ban_an_address_that_many_share()
    {
        using var server = new TestServer(_folder.Options);
        WireClient eve = server.Connect(from: Elsewhere);
        eve.Introduce("Eve");

        _folder.MustDo("ban", "Eve");

        Assert.AreSequenceEqual([Banned], eve.ReadToEnd());
        server.Connect(from: Elsewhere).Introduce("Bob");
    }

    [TestMethod]
    public void A_ban_in_the_chat_keeps_no_moderator_out_and_the_operator_can_ban_any_address()
    {
        string other = _folder.Login("Cid", isModerator: true);
        using var server = new TestServer(_folder.Options with { TrustLoopback = false });
        server.Connect(from: Elsewhere).Introduce(other);
        WireClient eve = server.Connect(from: Elsewhere);
        eve.Introduce("Eve");
        WireClient dan = server.Enter("Dan");
        WireClient ana = server.Enter(_moderator);

        foreach ((string command, string answer) in ((string, string)[])[
            ("/ban 127.0.0.3", "That would ban the address of a moderator."),
            ("/ban 127.0.0.2/31", "That would ban the address of a moderator."),
            ("/ban Eve", "Eve banned. 1 clients were removed."),
            ("/ban Dan", "Dan banned. 1 clients were removed.")])
        {
            ana.Send(command);
            Assert.AreEqual(answer, ana.Read());
        }

        Assert.AreSequenceEqual([Banned], eve.ReadToEnd());
        Assert.AreSequenceEqual([Banned], dan.ReadToEnd(), "also if a moderator has the same address");
        server.Connect(from: Elsewhere).Introduce("Bob");
        Assert.AreEqual(2, _folder.MustDo("ban", "127.0.0.3").GetProperty("affected").GetInt32(), "Cid and Bob");
    }

    [TestMethod]
    [DataRow("/ban Cid", "Cid is a moderator.")]
    [DataRow("/ban [cid] 5", "cid is a moderator.")]
    [DataRow("/ban C\u0456d", "C\u0456d is a moderator.", DisplayName = "a look-alike")]
    [DataRow("/mute Cid", "Cid is a moderator.")]
    [DataRow("/mute C\u0456d", "C\u0456d is a moderator.", DisplayName = "a look-alike, muted")]
    [DataRow("/ban 127.0.0.3", "127.0.0.3/32 banned. 0 clients were removed.")]
    [DataRow("/ban 127.0.0.2/31", "127.0.0.2/31 banned. 0 clients were removed.")]
    public void A_moderator_who_was_away_comes_in_and_speaks_whatever_another_has_done_in_the_chat(string command, string answer)
    {
        string login = _folder.Login("Cid", isModerator: true);
        string member = _folder.Login("Bea");
        using (var server = new TestServer(_folder.Options with { TrustLoopback = false }))
        {
            WireClient ana = server.Enter(_moderator);
            ana.Send(command);
            Assert.AreEqual(answer, ana.Read());
            AssertComesInAndSpeaks(server, login);
        }

        using var next = new TestServer(_folder.Options);
        AssertComesInAndSpeaks(next, login);
        if (answer.Contains("banned", StringComparison.Ordinal))
        {
            foreach (string other in (string[])["Cid", "Bob", member, "[x]"])
            {
                WireClient client = next.Connect(from: Elsewhere);
                client.Send(other);
                Assert.AreSequenceEqual([Banned], client.ReadToEnd(), other);
            }
        }
    }

    [TestMethod]
    public void A_moderator_whose_address_or_name_the_operator_has_banned_is_kept_out()
    {
        string login = _folder.Login("Cid", isModerator: true);
        using var server = new TestServer(_folder.Options);
        _folder.MustDo("ban", "127.0.0.3");
        Assert.AreSequenceEqual([Banned], server.Connect(from: Elsewhere).ReadToEnd(), "before a name is given");

        _folder.MustDo("ban", "Cid");

        WireClient cid = server.Connect();
        cid.Send(login);
        Assert.AreSequenceEqual([Banned], cid.ReadToEnd());
    }

    [TestMethod]
    public void A_ban_of_a_network_removes_those_from_there_and_survives_a_restart()
    {
        using (var server = new TestServer(_folder.Options))
        {
            WireClient eve = server.Connect(from: Elsewhere);
            eve.Introduce("Eve");
            WireClient bob = server.Enter("Bob");
            Assert.AreEqual(1, _folder.MustDo("ban", "127.0.0.3/32").GetProperty("affected").GetInt32());
            Assert.AreSequenceEqual([Banned], eve.ReadToEnd());
            Assert.IsEmpty(bob.Fence());
        }

        using var next = new TestServer(_folder.Options);
        Assert.AreSequenceEqual([Banned], next.Connect(from: Elsewhere).ReadToEnd());
        next.Enter("Bob");
        Assert.AreEqual("127.0.0.3/32", _folder.MustDo("bans").GetProperty("bans")[0].GetProperty("networks")[0].GetString());
    }

    private static void AssertComesInAndSpeaks(TestServer server, string login)
    {
        WireClient bob = server.Gather("tea", "Bob")[0];
        using WireClient client = server.Connect(from: Elsewhere);
        client.Introduce(login);
        client.Send("/join tea", "hello");
        Assert.IsEmpty(client.Fence());
        Assert.AreSequenceEqual(["Cid has joined", "[Cid] hello"], bob.Read(2));
    }
}
