using System.Text.RegularExpressions;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Suites.Basic;
using ThreadedChat.ChatCheck.Suites.Client;
using ThreadedChat.ChatCheck.Suites.Server;

namespace ThreadedChat.ChatServer.Tests.Check;

/// <summary>The cases as data.</summary>
[TestClass]
public sealed partial class CaseTests
{
    private static readonly (string Id, Level Level, Section Section)[] All =
    [
        .. Data(ServerCases.Groups), .. Data(ClientCases.Groups), .. Data(BasicServerCases.Groups), .. Data(BasicClientCases.Groups),
    ];

    [TestMethod]
    public void No_two_cases_have_the_same_id()
    {
        string[] twice = [.. All.GroupBy(one => one.Id).Where(group => group.Count() > 1).Select(group => group.Key)];

        Assert.IsEmpty(twice, string.Join(' ', twice));
    }

    [TestMethod]
    public void An_id_names_its_subject_and_has_a_number_of_two_digits()
    {
        string[] others = [.. All.Select(one => one.Id).Where(id => !IdPattern().IsMatch(id))];

        Assert.IsEmpty(others, string.Join(' ', others));
    }

    [TestMethod]
    public void Cases_that_count_come_from_the_assignment_or_from_networks_and_the_others_from_the_protocol()
    {
        foreach ((string id, Level level, Section section) in All)
        {
            bool isOurs = section.Name.English.StartsWith("docs/protocol.md", StringComparison.Ordinal);
            Assert.AreEqual(level == Level.Ours, isOurs, id);
            Assert.IsFalse(level == Level.Required && section == Section.Network, id);
        }
    }

    private static IEnumerable<(string Id, Level Level, Section Section)> Data<TFixture>(IEnumerable<CaseGroup<TFixture>> groups) =>
        groups.SelectMany(group => group.Cases).Select(one => (one.Id, one.Level, one.Section));

    [GeneratedRegex("^((S|C)-[A-Z]+|BS|BC)-[0-9]{2}$")]
    private static partial Regex IdPattern();
}
