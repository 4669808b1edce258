using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Accounts;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Moderation;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Moderation;

[TestClass]
public sealed class GuardedEntranceTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly GuardFolder _folder = new();
    private readonly Writer _writer = new(new Faults(NullLogger.Instance));
    private readonly ChannelTable _channels = new(maxChannels: 1);
    private readonly List<Connection> _connections = [];
    private readonly LineLog _log = new();
    private readonly string _login;

    public GuardedEntranceTests() => _login = _folder.Login("Ana");

    public void Dispose()
    {
        _connections.ForEach(connection => connection.Dispose());
        _writer.Dispose();
        _channels.Dispose();
        _folder.Dispose();
    }

    [TestMethod]
    public void The_answer_to_a_wrong_token_comes_after_the_pause_and_no_other_client_waits_for_it()
    {
        using var go = new ManualResetEventSlim();
        GuardedEntrance entrance = Make(_ => go.Wait());
        Connection guess = Connect();
        TestThread guessing = TestThread.Start("the client that guesses", () => Assert.IsNull(entrance.Admit(guess, Frame.Encode($"Ana:{AccountToken.New()}"), null)));
        guessing.AwaitBlocked();

        Assert.IsNotNull(entrance.Admit(Connect(), Frame.Encode(_login), null));
        Assert.IsNotNull(entrance.Admit(Connect(), Frame.Encode("Bob"), null));

        Assert.AreEqual(0, guess.Outbox.QueuedBytes, "No answer during the pause.");
        go.Set();
        guessing.AwaitEnd();
        Assert.AreEqual(Frame.Size, guess.Outbox.QueuedBytes);
    }

    [TestMethod]
    [DataRow("Ana", DisplayName = "a name without its token")]
    [DataRow("[x]", DisplayName = "a name that cannot be one")]
    public void Other_answers_come_at_once(string name)
    {
        Assert.IsNull(Make(_ => Assert.Fail("There is no pause.")).Admit(Connect(), Frame.Encode(name), null));
    }

    [TestMethod]
    public void A_name_that_the_connection_proves_needs_no_token()
    {
        Participant? participant = Make(_ => { }).Admit(Connect(), Frame.Encode("Ana"), authenticatedName: "Ana");

        Assert.AreEqual("Ana", participant?.Name);
    }

    [TestMethod]
    [DataRow("Ana:{0}", "Ana")]
    [DataRow("Ana;{0}", "Ana;")]
    [DataRow("Anna {0}", "Anna")]
    [DataRow("Ana\uff1a{0}", "Ana\uff1a")]
    public void The_log_has_the_name_and_not_the_token(string login, string name)
    {
        const string Token = "k7m2-p9qx-4n8r-t3wz-h6cd-5b1v-j0";
        byte[] frame = Frame.Encode(string.Format(CultureInfo.InvariantCulture, login, Token));
        GuardedEntrance entrance = Make(_ => { });

        Assert.IsNull(entrance.Admit(Connect(), frame, null));

        string line = _log.Take().Single();
        Assert.Contains("a wrong token for the name ", line);
        Assert.DoesNotContain(Token, line);
        Assert.AreEqual(name, Frame.Decode(entrance.NameIn(frame)));
    }

    [TestMethod]
    [DataRow("{0}")]
    [DataRow("{0}:Ana")]
    public void A_token_in_the_place_of_the_name_is_no_name(string login)
    {
        byte[] frame = Frame.Encode(string.Format(CultureInfo.InvariantCulture, login, AccountToken.New()));
        GuardedEntrance entrance = Make(_ => { });

        Assert.IsNull(entrance.Admit(Connect(), frame, null));

        Assert.AreEqual("", Frame.Decode(entrance.NameIn(frame)));
    }

    [TestMethod]
    public void A_client_that_takes_over_its_name_during_a_stop_does_not_wait_for_one_that_waits_for_it()
    {
        GuardedEntrance entrance = Make(_ => { });
        Connection old = Connect();
        Assert.IsNotNull(entrance.Admit(old, Frame.Encode(_login), null));
        old.Input.IsWaitingForOthers = true;

        TestThread next = TestThread.Start("the client that takes over", () => Assert.IsNotNull(entrance.Admit(Connect(), Frame.Encode(_login), null)));

        next.AwaitEnd();
        Assert.AreEqual(CloseReason.TakenOver, old.Reason);
    }

    [TestMethod]
    public void A_client_that_takes_over_its_name_waits_until_the_old_one_has_left_also_if_that_does_not_close()
    {
        var time = new FakeTimeProvider();
        GuardedEntrance entrance = Make(_ => { }, time);
        var transport = new FakeTransport();
        Participant first = entrance.Admit(Connect(transport), Frame.Encode(_login), null)!;
        TestThread next = TestThread.Start("the client that takes over", () => Assert.IsNotNull(entrance.Admit(Connect(), Frame.Encode(_login), null)));
        next.AwaitBlocked();
        Assert.IsEmpty(transport.Aborts, "it has its time to close");

        time.Advance(Long);

        Eventually.True(() => transport.Aborts.Count == 1, "the old connection should be aborted");
        next.AwaitBlocked();
        entrance.Departed(first);
        next.AwaitEnd();
    }

    [TestMethod]
    public void A_client_whose_predecessor_cannot_leave_is_not_let_in()
    {
        var time = new FakeTimeProvider();
        GuardedEntrance entrance = Make(_ => { }, time);
        var transport = new FakeTransport();
        Assert.IsNotNull(entrance.Admit(Connect(transport), Frame.Encode(_login), null));
        Connection late = Connect();
        TestThread next = TestThread.Start("the client that takes over", () => entrance.Admit(late, Frame.Encode(_login), null));
        next.AwaitBlocked();
        time.Advance(Long);
        Eventually.True(() => transport.Aborts.Count == 1, "the old connection should be aborted");

        next.AwaitBlocked();
        time.Advance(Long);

        next.AwaitEnd();
        Assert.AreEqual(CloseReason.TakenOver, late.Reason);
    }

    private GuardedEntrance Make(Action<Connection> pause, TimeProvider? time = null)
    {
        var dispatcher = new Dispatcher(new LocalChat(_channels), CommandTable.OfAssignment(new LocalChat(_channels), _log), new NameRegistry(unique: false));
        return new GuardedEntrance(
            dispatcher,
            new Logins(new AccountBook(_folder.Accounts), new FailureLimit(TimeProvider.System)),
            new BanList(path: null, TimeProvider.System, _log),
            new Presence(),
            new Removal(Long, () => { }),
            pause,
            new AddressDisplay(),
            time ?? TimeProvider.System,
            _log);
    }

    private Connection Connect(FakeTransport? transport = null)
    {
        var connection = new Connection(_connections.Count + 1, transport ?? new FakeTransport(), _writer, new SendLimits(1_000_000, 2_000_000, Long), TimeProvider.System);
        _connections.Add(connection);
        return connection;
    }
}
