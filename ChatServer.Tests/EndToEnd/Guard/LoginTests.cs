using System.Net;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Guard;

/// <summary>Names that belong to somebody: what a client of any kind sees of accounts.</summary>
[TestClass]
public sealed class LoginTests : IDisposable
{
    private const string Wrong = "Wrong name or token.";
    private const string Changed = "Your account has changed. Please log in again.";
    private const string TakenOver = "You have logged in from another place. This connection ends.";
    private const string Other = "0000-0000-0000-0000-0000-0000-00";

    private readonly GuardFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Other_clients_see_only_the_name_of_an_owner_that_logs_in()
    {
        string login = _folder.Login("Ana");
        using var server = new TestServer(_folder.Options);
        WireClient bob = server.Enter("Bob");
        bob.Send("/create tea");
        WireClient ana = server.Enter(login);

        ana.Send("/join tea", "hello");

        Assert.AreSequenceEqual(["Ana has joined", "[Ana] hello"], bob.Read(2));
        Assert.AreSequenceEqual(["Ana", "Bob"], _folder.Names().Order(StringComparer.Ordinal));
    }

    [TestMethod]
    [DataRow("Ana", "The name Ana belongs to somebody. Its owner logs in with the name, a colon and the token.")]
    [DataRow("ANA", "The name ANA belongs to somebody. Its owner logs in with the name, a colon and the token.")]
    [DataRow("\u0410na", "The name \u0410na belongs to somebody. Its owner logs in with the name, a colon and the token.", DisplayName = "a look-alike")]
    [DataRow($"Ana:{Other}", Wrong)]
    [DataRow("Ana:", Wrong)]
    [DataRow("Ana:k7m2", Wrong)]
    [DataRow($"Bob:{Other}", Wrong, DisplayName = "a name without an account")]
    [DataRow($":{Other}", "That name cannot be used: a name has 1 to 64 bytes and no brackets or line breaks.")]
    [DataRow($"[Ana]:{Other}", "That name cannot be used: a name has 1 to 64 bytes and no brackets or line breaks.")]
    public void Other_clients_do_not_get_the_name_and_get_the_reason(string frame, string answer)
    {
        _folder.Login("Ana");
        using var server = new TestServer(_folder.Options);
        WireClient client = server.Connect();

        client.Send(frame, "/create tea");

        Assert.AreSequenceEqual([answer], client.ReadToEnd());
        Assert.IsEmpty(_folder.Names());
    }

    [TestMethod]
    public void Without_accounts_a_name_with_a_colon_is_a_name()
    {
        using var server = new TestServer(new ServerOptions { Control = _folder.Control });
        WireClient[] members = server.Gather("tea", "Bob", $"Ana:{Other}");

        members[1].Send("hello");

        Assert.AreEqual($"[Ana:{Other}] hello", members[0].Read());
    }

    [TestMethod]
    public void With_members_only_a_guest_is_rejected_and_a_member_is_not()
    {
        string login = _folder.Login("Ana");
        using var server = new TestServer(_folder.Options with { MembersOnly = true });
        WireClient guest = server.Connect();

        guest.Send("Bob");

        Assert.AreSequenceEqual(["This server is for members only: log in with your name, a colon and your token."], guest.ReadToEnd());
        server.Enter(login);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_client_that_proves_a_name_takes_it_over_and_the_others_see_it_leave_and_join(bool isUnique)
    {
        string login = _folder.Login("Ana");
        using var server = new TestServer(_folder.Options with { UniqueNames = isUnique });
        WireClient[] members = server.Gather("tea", "Bob", login);
        WireClient next = server.Connect();

        next.Send(login, "/join tea");

        Assert.AreSequenceEqual([TakenOver], members[1].ReadToEnd());
        members[1].Dispose();
        Assert.AreSequenceEqual(["Ana has left", "Ana has joined"], members[0].Read(2));
        Assert.IsEmpty(next.Fence());
        Assert.AreSequenceEqual(["Ana", "Bob"], _folder.Names().Order(StringComparer.Ordinal));
        next.Dispose();
        Assert.AreEqual("Ana has left", members[0].Read());
        server.Enter(login); // the name is free again
    }

    [TestMethod]
    public void A_connection_that_no_longer_answers_does_not_keep_the_name()
    {
        string login = _folder.Login("Ana");
        using var server = new TestServer(_folder.Options with { UniqueNames = true, DrainTimeout = TimeSpan.FromSeconds(0.2) });
        WireClient[] members = server.Gather("tea", "Bob", login); // the second never closes
        WireClient next = server.Connect();

        next.Send(login, "/join tea", "hello");

        Assert.IsEmpty(next.Fence());
        Assert.AreSequenceEqual(["Ana has left", "Ana has joined", "[Ana] hello"], members[0].Read(3));
        Assert.AreSequenceEqual(["Ana", "Bob"], _folder.Names().Order(StringComparer.Ordinal));
    }

    [TestMethod]
    public void After_many_logins_at_the_same_time_exactly_one_client_stays()
    {
        const int Count = 12;
        string login = _folder.Login("Ana");
        using var server = new TestServer(_folder.Options with { UniqueNames = true, DrainTimeout = TimeSpan.FromSeconds(0.2) });
        WireClient[] clients = [.. Enumerable.Range(0, Count).Select(_ => server.Connect())];

        TestThread.Meet(Count, i => clients[i].Send(login));

        Eventually.True(() => _folder.Names().Length == 1 && clients.Count(client => client.HasEnded(TimeSpan.Zero)) == Count - 1, "all but one should end");
        Assert.AreSequenceEqual(["Ana"], _folder.Names());
    }

    [TestMethod]
    public void The_server_checks_no_token_from_an_address_after_five_wrong_ones()
    {
        string login = _folder.Login("Ana");
        using var server = new TestServer(_folder.Options);
        WireClient[] guesses = [.. Enumerable.Range(0, 12).Select(_ => server.Connect())];
        Array.ForEach(guesses, client => client.Send($"Ana:{AccountToken.New()}"));
        string[] answers = [.. guesses.Select(client => client.ReadToEnd().Single())];

        Assert.HasCount(5, answers.Where(answer => answer == Wrong));
        WireClient owner = server.Connect();
        owner.Send(login);

        const string TooMany = "There were too many wrong tokens from your address. Please try again in a minute.";
        Assert.AreSequenceEqual([TooMany], owner.ReadToEnd());
        Assert.HasCount(7, answers.Where(answer => answer == TooMany));
        server.Enter("Bob");
        server.Connect(from: IPAddress.Parse("127.0.0.2")).Introduce(login);
    }

    [TestMethod]
    public void A_client_whose_token_was_changed_or_taken_away_must_log_in_again()
    {
        string ana = _folder.Login("Ana");
        string bea = _folder.Login("Bea");
        string cid = _folder.Login("Cid");
        using var server = new TestServer(_folder.Options);
        WireClient[] clients = [server.Enter(ana), server.Enter(bea), server.Enter(cid), server.Enter("Dan"), server.Enter("Eve")];
        string next = _folder.Login("Ana");
        _folder.Remove("Bea");
        _folder.Login("Dan");

        _folder.MustDo("accounts-reload");

        foreach (int i in (int[])[0, 1, 3])
        {
            Assert.AreSequenceEqual([Changed], clients[i].ReadToEnd(), $"client {i}");
            clients[i].Dispose();
        }

        Assert.IsEmpty(clients[2].Fence());
        Assert.IsEmpty(clients[4].Fence());
        WireClient old = server.Connect();
        old.Send(ana);
        Assert.AreSequenceEqual([Wrong], old.ReadToEnd());
        server.Enter(next);
    }

    [TestMethod]
    public void A_wrong_file_changes_nothing()
    {
        string login = _folder.Login("Ana");
        using var server = new TestServer(_folder.Options);
        WireClient ana = server.Enter(login);
        File.WriteAllText(_folder.Accounts, "no json\n");

        Assert.IsFalse(_folder.Ask("accounts-reload").GetProperty("done").GetBoolean());

        Assert.IsEmpty(ana.Fence());
    }

    [TestMethod]
    public void If_tokens_change_during_logins_no_client_stays_with_an_old_token()
    {
        string login = _folder.Login("Ana");
        using var server = new TestServer(_folder.Options with { DrainTimeout = TimeSpan.FromSeconds(0.2) });
        WireClient[] clients = [.. Enumerable.Range(0, 20).Select(_ => server.Connect())];
        string next = _folder.Login("Ana");

        Together.Run([() => _folder.MustDo("accounts-reload"), () => Array.ForEach(clients[..10], client => client.Send(login)), () => Array.ForEach(clients[10..15], client => client.Send(login))]);

        // Five may guess; what matters is that no connection of the old token stays.
        Eventually.True(() => clients[..15].All(client => client.HasEnded(TimeSpan.Zero)), "all clients with the old token should end");
        Eventually.True(() => _folder.Names().Length == 0, "the server should have removed all of them");
        server.Connect(from: IPAddress.Parse("127.0.0.2")).Introduce(next);
    }
}
