using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Suites.Client;
using ThreadedChat.ChatCheck.Suites.Server;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatServer.Tests.Check;

/// <summary>Which failures follow from others.</summary>
[TestClass]
public sealed class CaseNeedsTests
{
    [TestMethod]
    public void Every_case_that_is_named_exists_and_needs_cases_of_its_suite_that_count_as_much()
    {
        foreach (Suite suite in AllSuites.List)
        {
            Dictionary<string, Level> levels = suite.Cases.ToDictionary(one => one.Id, one => one.Level);
            foreach ((string id, Level level) in levels)
            {
                Assert.IsTrue(CaseNeeds.Of(id).Concat(CaseNeeds.OfSilence(id)).Concat(CaseNeeds.OfReceivers(id)).All(need => levels[need] <= level), id);
            }
        }

        Assert.IsEmpty(CaseNeeds.Named.Except(AllSuites.List.SelectMany(suite => suite.Cases).Select(one => one.Id)));
    }

    /// <summary>The caller plays them ahead of their place, so another thread must not play them too.</summary>
    [TestMethod]
    public void The_cases_about_the_length_are_not_played_aside()
    {
        string[] aside =
        [
            .. ServerCases.Groups.SelectMany(group => group.Cases).Where(one => one.IsAside).Select(one => one.Id),
            .. ClientCases.Groups.SelectMany(group => group.Cases).Where(one => one.IsAside).Select(one => one.Id),
        ];

        Assert.IsNotEmpty(aside);
        Assert.IsEmpty(CaseNeeds.OfLength.Intersect(aside));
    }

    [TestMethod]
    public void A_failure_follows_from_the_first_of_its_needs_that_failed()
    {
        Assert.AreEqual(
            "S-NAME-01: , S-MSG-01: S-NAME-01, S-MSG-02: , S-MSG-08: S-NAME-01, S-FRAME-02: ",
            Shown(Failed("S-NAME-01"), Failed("S-MSG-01"), Failed("S-MSG-02"), Failed("S-MSG-08"), Failed("S-FRAME-02") with { Outcome = CaseOutcome.Passed }));
    }

    [TestMethod]
    [DataRow("S-LEFT-03")]
    [DataRow("S-LEFT-05")]
    [DataRow("S-NET-10")]
    public void A_case_that_waits_for_the_notice_that_a_member_has_left_follows_from_its_case(string id)
    {
        Assert.AreEqual($"S-LEFT-01: , {id}: S-LEFT-01", Shown(Failed("S-LEFT-01"), Failed(id)));
    }

    [TestMethod]
    public void Messages_of_a_wrong_length_are_one_fault()
    {
        CaseResult Short(string id) => Failed(id) with { Finding = new Finding(new("short", "curta")) { IsOfLength = true } };

        Assert.AreEqual(
            "S-NAME-01: S-FRAME-01, S-JOIN-07: S-FRAME-01, S-FRAME-01: , S-LEFT-01: ",
            Shown(Short("S-NAME-01"), Short("S-JOIN-07"), Short("S-FRAME-01"), Failed("S-LEFT-01")));
    }

    [TestMethod]
    public void A_text_that_is_wrong_in_the_same_way_in_several_cases_is_one_fault()
    {
        CaseResult Left(string id, string name, string came) => Wrong(id, $"{name} has left", came);

        Assert.AreEqual(
            "S-CREATE-03: , S-JOIN-04: S-CREATE-03, S-LEFT-01: S-CREATE-03, S-JOIN-01: ",
            Shown(
                Left("S-CREATE-03", "Ana", "Ana left"), Left("S-JOIN-04", "Bob", "Bob left"), Left("S-LEFT-01", "Ana", "Ana left"),
                Wrong("S-JOIN-01", "Ana has joined", "Ana joined")));
        Assert.AreEqual(
            "S-CREATE-03: , S-JOIN-04: ", Shown(Left("S-CREATE-03", "Ana", "Ana left"), Left("S-JOIN-04", "Ana", "Ana has gone")));
    }

    [TestMethod]
    [DataRow("[Ana] hello", "Ana: hello", "[{0}] {1} → {0}: {1}")]
    [DataRow("[Ana] hello", "[Bob] bye", null)]
    [DataRow("[Ana] hello", "[] hello", "name → ")]
    [DataRow("[Ana] hello", "[Bob] hello", "name → Bob")]
    [DataRow("[Ana] hello", "[ana] hello", "name → {0}")]
    [DataRow("Ana has joined", " has joined", "name → ")]
    [DataRow("Ana has left", "[Ana] Ana has left", "name → [{0}] {0}")]
    [DataRow("Ana has left", "[Ana] hello", null)]
    [DataRow("Ana has left", "somebody went away", null)]
    [DataRow("Room cats already exists, so cannot be created.", "cats already exists", "Room {0} already exists, so cannot be created. → {0} already exists")]
    [DataRow("No channel named cats exists. Try '/create cats'?", "No channel named cats exists.", "No channel named {0} exists. Try '/create {0}'? → No channel named {0} exists.")]
    [DataRow("/join command must be followed by the name of a channel to join.", "bad", "/join command must be followed by the name of a channel to join. → bad")]
    [DataRow("something", "other", null)]
    public void A_wrong_text_is_named_without_the_values_of_the_case(string expected, string came, string? name)
    {
        Assert.AreEqual(name, WrongText.Of(expected, came));
    }

    [TestMethod]
    public void A_server_that_takes_no_names_has_one_fault()
    {
        Assert.AreEqual(
            "S-NAME-01: , S-JOIN-01: S-NAME-01, S-LEFT-01: S-NAME-01, S-CREATE-03: ",
            Shown(
                Wrong("S-NAME-01", "[Carla] hello", "[] hello"), Wrong("S-JOIN-01", "Carla has joined", " has joined"),
                Wrong("S-LEFT-01", "Ana has left", " has left"), Wrong("S-CREATE-03", "Ana has left", "Bob has left")));
    }

    [TestMethod]
    [DataRow("S-MSG-03")]
    [DataRow("S-MSG-04")]
    public void A_case_about_other_receivers_follows_if_a_message_reaches_nobody(string id)
    {
        CaseResult silent = Failed("S-MSG-01") with { Finding = new Finding(new("none", "nada")) { IsSilence = true } };

        Assert.AreEqual($"S-MSG-01: , {id}: S-MSG-01", Shown(silent, Failed(id)));
        Assert.AreEqual($"S-MSG-01: , {id}: ", Shown(Failed("S-MSG-01"), Failed(id)));
    }

    [TestMethod]
    public void A_server_that_waits_for_the_rest_of_a_message_has_one_fault()
    {
        Assert.AreEqual("S-FRAME-09: , S-NET-03: S-FRAME-09", Shown(Failed("S-FRAME-09"), Failed("S-NET-03")));
    }

    [TestMethod]
    public void A_wrong_text_is_counted_in_a_case_that_counts()
    {
        Assert.AreEqual(
            "S-NAME-05: S-JOIN-01, S-JOIN-01: ",
            Shown(Wrong("S-NAME-05", "Ana has joined", "Ana joined") with { Level = Level.Ours }, Wrong("S-JOIN-01", "Bob has joined", "Bob joined")));
    }

    [TestMethod]
    public void A_program_that_ends_with_the_same_error_in_several_cases_has_one_fault()
    {
        CaseResult Ended(string id, string complaint) => Failed(id) with { Complaint = complaint };

        Assert.AreEqual(
            "S-JOIN-07: , S-JOIN-08: S-JOIN-07, S-CTRL-01: , S-LEFT-01: ",
            Shown(
                Ended("S-JOIN-07", "KeyError: 'cats-1'"), Ended("S-JOIN-08", "KeyError: 'dogs-2'"), Ended("S-CTRL-01", "IndexError: list index out of range"),
                Failed("S-LEFT-01")));
    }

    [TestMethod]
    [DataRow(true, "C-SHOW-04: , C-END-01: C-SHOW-04")]
    [DataRow(false, "C-SHOW-04: , C-END-01: ")]
    public void Some_cases_follow_only_from_a_case_in_which_nothing_was_received(bool isSilence, string expected)
    {
        CaseResult shown = Failed("C-SHOW-04") with { Finding = new Finding(new("none", "nada")) { IsSilence = isSilence } };

        Assert.AreEqual(expected, Shown(shown, Failed("C-END-01")));
    }

    [TestMethod]
    [DataRow("S-MSG-03", "S-JOIN-03", "S-LEFT-02", "S-LEFT-06")]
    [DataRow("S-JOIN-03", "S-LEFT-02", "S-LEFT-06")]
    [DataRow("S-MSG-02", "S-JOIN-02")]
    public void A_broadcast_to_the_wrong_clients_is_one_fault(string root, params string[] others)
    {
        CaseResult Unwanted(string id) => Failed(id) with { Finding = new Finding(new("wrong", "errado")) { IsUnwanted = true } };

        Assert.AreEqual(
            string.Join(", ", [$"{root}: ", .. others.Select(id => $"{id}: {root}")]), Shown([Unwanted(root), .. others.Select(Unwanted)]));
        Assert.AreEqual( // a server that ends there, or sends nothing, has another fault
            string.Join(", ", [$"{root}: ", .. others.Select(id => $"{id}: ")]), Shown([Unwanted(root), .. others.Select(Failed)]));
    }

    [TestMethod]
    public void Cases_that_follow_from_each_other_in_a_circle_are_counted_once()
    {
        CaseResult Short(string id) => Failed(id) with { Finding = new Finding(new("short", "curta")) { IsOfLength = true } };

        // The name is short, so it follows from the padding; and the padding cannot be seen without a name.
        Assert.AreEqual("C-SEND-01: C-SEND-03, C-SEND-03: ", Shown(Short("C-SEND-01"), Short("C-SEND-03")));
    }

    [TestMethod]
    public void A_case_that_fails_each_time_does_not_follow_from_one_that_fails_now_and_then()
    {
        CaseResult now = Failed("S-MSG-01") with { Outcome = CaseOutcome.NotAlways };

        Assert.AreEqual("S-MSG-01: , S-MSG-08: ", Shown(now, Failed("S-MSG-08")));
        Assert.AreEqual("S-MSG-01: , S-MSG-08: S-MSG-01", Shown(now, Failed("S-MSG-08") with { Outcome = CaseOutcome.NotAlways }));
        Assert.AreEqual("S-MSG-01: , S-MSG-08: S-MSG-01", Shown(Failed("S-MSG-01"), Failed("S-MSG-08") with { Outcome = CaseOutcome.NotAlways }));
    }

    private static CaseResult Wrong(string id, string expected, string came) =>
        Failed(id) with { Finding = new Finding(new("wrong", "errado"), expected, came) { WrongText = WrongText.Of(expected, came) } };

    private static CaseResult Failed(string id) =>
        new("group", new("group", "grupo"), id, Level.Required, Section.Network, new("rule", "regra"), new Transcript())
        {
            Outcome = CaseOutcome.Failed,
            Finding = new Finding(new Text("wrong", "errado")),
        };

    private static string Shown(params CaseResult[] results) =>
        string.Join(", ", FollowingFailures.Mark(results).Select(result => $"{result.Id}: {result.FollowsFrom}"));
}
