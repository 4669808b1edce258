using System.Reflection;
using ThreadedChat.ChatCheck.Suites;

namespace ThreadedChat.ChatServer.Tests.Architecture;

/// <summary>The folders of the checker are layers: a layer uses only layers below it.</summary>
[TestClass]
public sealed class CheckLayerTests
{
    private const string Root = "ThreadedChat.ChatCheck";

    private static readonly Assembly Program = typeof(Suite).Assembly;

    /// <summary>From the ground up. Namespaces in one row are beside each other and do not know each other.</summary>
    private static readonly string[][] Layers =
    [
        ["Texts", "Terminals"],
        ["Wire"],
        ["Programs"],
        ["Suites"],
        ["Reports"],
        ["CommandLine"],
    ];

    [TestMethod]
    [DataRow("Texts")]
    [DataRow("Terminals")]
    [DataRow("Wire")]
    [DataRow("Programs")]
    [DataRow("Suites")]
    [DataRow("Reports")]
    [DataRow("CommandLine")]
    public void A_layer_of_the_checker_uses_no_layer_above_it_or_beside_it(string layer)
    {
        int floor = Array.FindIndex(Layers, row => row.Contains(layer));
        string[] forbidden = [.. Layers.Skip(floor).SelectMany(row => row).Where(other => other != layer).Select(other => $"{Root}.{other}.")];

        Assert.IsEmpty(ReferencesIn(layer).Where(reference => forbidden.Any(name => reference.StartsWith(name, StringComparison.Ordinal))));
    }

    [TestMethod]
    public void The_cases_for_servers_and_for_clients_do_not_know_each_other()
    {
        Assert.DoesNotContain(reference => reference.StartsWith($"{Root}.Suites.Client.", StringComparison.Ordinal), ReferencesIn("Suites.Server"));
        Assert.DoesNotContain(reference => reference.StartsWith($"{Root}.Suites.Server.", StringComparison.Ordinal), ReferencesIn("Suites.Client"));
    }

    [TestMethod]
    public void The_checker_does_not_take_frames_or_texts_from_the_code_under_test()
    {
        string[] underTest = ["ThreadedChat.Common.Frame", "ThreadedChat.Common.ProtocolText", "ThreadedChat.Common.ControlMessage"];

        IEnumerable<string> taken =
            from type in Program.GetTypes()
            from reference in MemberReferences.Of(type)
            where underTest.Any(name => reference.StartsWith(name, StringComparison.Ordinal))
            select $"{type.FullName} uses {reference}";

        Assert.IsEmpty(taken);
    }

    /// <summary>The tests above find references that exist.</summary>
    [TestMethod]
    [DataRow("Wire", "Texts.Text")]
    [DataRow("Programs", "Wire.TcpTable")]
    [DataRow("Suites", "Programs.IProgram")]
    [DataRow("Reports", "Suites.CaseResult")]
    [DataRow("CommandLine", "Suites.Suite")]
    public void A_use_of_the_layer_below_is_found(string layer, string reference)
    {
        Assert.Contains(found => found.StartsWith($"{Root}.{reference}", StringComparison.Ordinal), ReferencesIn(layer));
    }

    private static List<string> ReferencesIn(string layer)
    {
        string space = $"{Root}.{layer}";
        Type[] types =
        [
            .. Program.GetTypes().Where(type => type.Namespace == space
                || type.Namespace?.StartsWith($"{space}.", StringComparison.Ordinal) == true),
        ];
        Assert.IsNotEmpty(types);
        return [.. types.SelectMany(MemberReferences.Of).Distinct()];
    }
}
