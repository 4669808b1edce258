using System.Reflection;
using ThreadedChat.ChatGrade.Settings;
using ThreadedChat.ChatServer.Tests.Architecture;

namespace ThreadedChat.ChatServer.Tests.Grade;

/// <summary>The folders of the grader are layers: a layer uses only layers below it.</summary>
[TestClass]
public sealed class GradeLayerTests
{
    private const string Root = "ThreadedChat.ChatGrade";

    private static readonly Assembly Program = typeof(ClassSettings).Assembly;

    /// <summary>From the ground up.</summary>
    private static readonly string[] Layers = ["Settings", "Submissions", "Results", "Sandboxes", "Running", "Scores", "Analysis", "Reports"];

    [TestMethod]
    [DataRow("Settings")]
    [DataRow("Submissions")]
    [DataRow("Results")]
    [DataRow("Sandboxes")]
    [DataRow("Running")]
    [DataRow("Scores")]
    [DataRow("Analysis")]
    public void A_layer_of_the_grader_uses_no_layer_above_it(string layer)
    {
        string[] forbidden = [.. Layers.Skip(Array.IndexOf(Layers, layer) + 1).Select(other => $"{Root}.{other}.")];
        Type[] types = [.. Program.GetTypes().Where(type => type.Namespace == $"{Root}.{layer}")];

        Assert.IsNotEmpty(types);
        Assert.IsEmpty(types.SelectMany(MemberReferences.Of).Distinct().Where(reference => forbidden.Any(name => reference.StartsWith(name, StringComparison.Ordinal))));
    }
}
