using System.Text.Json.Nodes;
using ThreadedChat.ChatRelease.Packing;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Release;

/// <summary>The list of dependencies is the same each time, and has the parts of .NET too.</summary>
[TestClass]
public sealed class DependencyListTests
{
    [TestMethod]
    public void Values_that_differ_between_runs_are_replaced_and_the_runtime_is_added()
    {
        string first = Finish("""{"serialNumber":"urn:uuid:1","metadata":{"timestamp":"2026-01-01T00:00:00Z","component":{"name":"x"}},"components":[{"name":"Tomlyn"}]}""");
        string second = Finish("""{"serialNumber":"urn:uuid:2","metadata":{"timestamp":"2027-01-01T00:00:00Z","component":{"name":"y"}},"components":[{"name":"Tomlyn"}]}""");

        Assert.AreEqual(first, second);
        JsonNode list = JsonNode.Parse(first)!;
        Assert.AreEqual("2026-11-26T00:00:00Z", (string?)list["metadata"]!["timestamp"]);
        Assert.AreEqual("0.1.0+abc", (string?)list["metadata"]!["component"]!["version"]);
        Assert.AreSequenceEqual(["Tomlyn", "Microsoft.NETCore.App"], list["components"]!.AsArray().Select(part => (string?)part!["name"]));
    }

    private static string Finish(string json)
    {
        using var folder = new FileTree();
        string file = Path.Combine(folder.Root, "list.json");
        File.WriteAllText(file, json);
        DependencyList.Finish(file, new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.Zero), "10.0.12", "0.1.0+abc");
        return File.ReadAllText(file);
    }
}
