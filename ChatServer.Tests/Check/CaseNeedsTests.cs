using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatServer.Tests.Check;

/// <summary>Which failures follow from others.</summary>
[TestClass]
public sealed class CaseNeedsTests
{
    [TestMethod]
    public void Every_case_that_is_named_exists_and_needs_only_cases_before_it()
    {
        foreach (Suite suite in AllSuites.List)
        {
            List<string> ids = [.. suite.Cases.Select(one => one.Id)];
            foreach (string id in ids)
            {
                Assert.IsTrue(CaseNeeds.Of(id).All(need => ids.IndexOf(need) >= 0 && ids.IndexOf(need) < ids.IndexOf(id)), id);
            }
        }

        Assert.IsEmpty(CaseNeeds.Named.Except(AllSuites.List.SelectMany(suite => suite.Cases).Select(one => one.Id)));
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

    private static CaseResult Failed(string id) =>
        new("group", new("group", "grupo"), id, Level.Required, Section.Network, new("rule", "regra"), new Transcript())
        {
            Outcome = CaseOutcome.Failed,
            Finding = new Finding(new Text("wrong", "errado")),
        };

    private static string Shown(params CaseResult[] results) =>
        string.Join(", ", CaseNeeds.Mark(results).Select(result => $"{result.Id}: {result.FollowsFrom}"));
}
