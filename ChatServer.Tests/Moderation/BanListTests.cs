using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Moderation;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Moderation;

[TestClass]
public sealed class BanListTests : IDisposable
{
    private readonly GuardFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly LineLog _log = new();

    private string File => _folder.PathOf("bans");

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("192.0.2.7", "192.0.2.7", true)]
    [DataRow("192.0.2.7", "192.0.2.8", false)]
    [DataRow("192.0.2.0/24", "192.0.2.255", true)]
    [DataRow("192.0.2.0/24", "192.0.3.0", false)]
    [DataRow("::ffff:192.0.2.0/120", "192.0.2.9", true, DisplayName = "IPv4 in the form of IPv6")]
    [DataRow("2001:db8::1", "2001:db8::ffff", true, DisplayName = "an address of IPv6 stands for its /64")]
    [DataRow("2001:db8::1", "2001:db8:0:1::1", false)]
    [DataRow("2001:db8::/32", "2001:db8:9::1", true)]
    [DataRow("2001:db8::1/128", "2001:db8::2", false)]
    public void A_ban_of_a_network_applies_to_its_addresses(string banned, string address, bool isCovered)
    {
        BanList bans = Open();

        Assert.IsTrue(bans.Add(BanOf(null, banned)));

        Assert.AreEqual(isCovered, bans.Covers(IPAddress.Parse(address)));
    }

    /// <summary>Moderators get these texts in the chat.</summary>
    [TestMethod]
    public void What_controls_a_terminal_is_removed_from_the_texts_of_the_file()
    {
        System.IO.File.WriteAllText(File, """{"name":"E\u0085ve","by":"A\u001b[2Jna"}""" + "\n");

        Ban ban = Open().Now.Single();

        Assert.AreEqual(("Eve", "A [2Jna"), (ban.Name, ban.By));
    }

    [TestMethod]
    [DataRow("10")]
    [DataRow("Bob")]
    [DataRow("1.2.3")]
    [DataRow("192.0.2.0/33")]
    [DataRow("a.b.c.d")]
    [DataRow("::1::")]
    public void A_text_that_is_not_a_network_is_a_name(string text)
    {
        Assert.IsNull(BanTarget.NetworkOf(text));
    }

    [TestMethod]
    [TestCategory(SlowTest.Category)]
    public void Bans_that_are_made_while_the_file_is_read_again_are_kept()
    {
        const int Count = 100;
        BanList bans = Open();
        using var isOver = new ManualResetEventSlim();
        Together.Run(
        [
            () =>
            {
                try
                {
                    for (int i = 0; i < Count; i++)
                    {
                        bans.Add(BanOf($"Eve {i}"));
                    }
                }
                finally
                {
                    isOver.Set();
                }
            },
            () =>
            {
                while (!isOver.IsSet)
                {
                    bans.Reload();
                }
            },
        ]);

        Assert.HasCount(Count, bans.Now);
        Assert.HasCount(Count, Open().Now);
    }

    [TestMethod]
    [DataRow("Bob", true)]
    [DataRow("BOB", true)]
    [DataRow("Bobby", false)]
    public void A_ban_of_a_name_applies_in_any_case_of_letters(string name, bool isCovered)
    {
        BanList bans = Open();
        bans.Add(BanOf("Bob"));

        Assert.AreEqual(isCovered, bans.Covers(name));
    }

    [TestMethod]
    public void A_ban_ends_in_time_and_is_then_no_longer_written()
    {
        BanList bans = Open();
        bans.Add(BanOf("Bob", "192.0.2.7") with { Until = _time.GetUtcNow().AddMinutes(1) });
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.IsTrue(bans.Covers("Bob") && bans.Covers(IPAddress.Parse("192.0.2.7")));

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.IsFalse(bans.Covers("Bob") || bans.Covers(IPAddress.Parse("192.0.2.7")));
        Assert.IsEmpty(bans.Now);
        bans.Add(BanOf("Eve"));
        Assert.DoesNotContain("Bob", System.IO.File.ReadAllText(File));
    }

    [TestMethod]
    public void Bans_survive_a_restart_and_the_file_is_for_its_owner_only()
    {
        Needs.Linux();
        Ban ban = BanOf("Bob", "192.0.2.7", "2001:db8::1") with { Until = _time.GetUtcNow().AddMinutes(90) };
        Open().Add(ban);

        Ban read = Open().Now.Single();

        Assert.AreEqual(ban.ToString(), read.ToString());
        Assert.AreEqual(ban.Until, read.Until);
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [TestMethod]
    public void A_ban_of_the_same_target_replaces_the_one_before()
    {
        BanList bans = Open();
        bans.Add(BanOf("Bob"));
        bans.Add(BanOf("bob") with { Until = _time.GetUtcNow().AddMinutes(1) });
        bans.Add(BanOf(null, "192.0.2.0/24"));
        bans.Add(BanOf(null, "192.0.2.0/24") with { By = "Eve" });

        Assert.HasCount(2, bans.Now);
        Assert.AreEqual("Eve", bans.Now[1].By);
    }

    [TestMethod]
    public void A_ban_is_ended_by_its_name_or_by_exactly_its_network()
    {
        BanList bans = Open();
        bans.Add(BanOf("Bob", "192.0.2.7"));
        bans.Add(BanOf("Eve", "192.0.2.8"));

        Assert.AreEqual(0, bans.Remove(null, BanTarget.NetworkOf("192.0.2.0/24")));
        Assert.AreEqual(1, bans.Remove(null, BanTarget.NetworkOf("192.0.2.7")));
        Assert.AreEqual(1, bans.Remove("eve", null));
        Assert.IsEmpty(bans.Now);
        Assert.IsEmpty(Open().Now);
    }

    [TestMethod]
    public void The_number_of_bans_is_limited()
    {
        var bans = new BanList(path: null, _time, NullLogger.Instance);
        System.IO.File.WriteAllLines(File, Enumerable.Range(0, BanList.Most).Select(number => $$"""{"name":"n{{number}}"}"""));
        bans = Open();

        Assert.IsFalse(bans.Add(BanOf("Bob")));
        Assert.IsFalse(bans.Covers("Bob"));
    }

    [TestMethod]
    public void A_ban_that_cannot_be_written_is_in_effect_and_the_log_says_so()
    {
        Needs.Linux();
        BanList bans = Open();
        Directory.CreateDirectory($"{File}.{Environment.ProcessId}.new");

        Assert.IsTrue(bans.Add(BanOf("Bob")));

        Assert.IsTrue(bans.Covers("Bob"));
        Assert.Contains("Cannot write the bans", _log.Take().Single());
    }

    [TestMethod]
    public void A_wrong_file_is_an_error_at_the_start_and_changes_nothing_later()
    {
        BanList bans = Open();
        bans.Add(BanOf("Bob"));
        System.IO.File.WriteAllText(File, "{\"name\":\"Eve\"}\n{\"networks\":[\"x\"]}\n");

        Assert.AreEqual($"{File}:2: 'x' is no network.", Assert.ThrowsExactly<UnusableFileException>(() => bans.Reload()).Message);
        Assert.ThrowsExactly<UnusableFileException>(() => Open());
        Assert.IsTrue(bans.Covers("Bob"));
    }

    private BanList Open() => new(File, _time, _log);

    private Ban BanOf(string? name, params string[] networks) =>
        new(name, [.. networks.Select(text => BanTarget.NetworkOf(text)!.Value)], Until: null, "Ana", _time.GetUtcNow());
}
