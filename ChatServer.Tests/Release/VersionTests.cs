using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ThreadedChat.ChatClient;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Release;

/// <summary>There is one version, and the list of changes has it.</summary>
[TestClass]
public sealed partial class VersionTests
{
    private static readonly string Version =
        XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("Version").Single().Value;

    [TestMethod]
    public void The_version_is_the_newest_in_the_list_of_changes()
    {
        string changes = File.ReadAllText(Path.Combine(Repository.Root, "CHANGELOG.md"));

        Assert.AreEqual(Version, Heading().Matches(changes).Select(heading => heading.Groups[1].Value).First());
    }

    [TestMethod]
    public void The_versions_in_the_list_of_changes_fall()
    {
        string changes = File.ReadAllText(Path.Combine(Repository.Root, "CHANGELOG.md"));
        System.Version[] versions = [.. Heading().Matches(changes).Select(heading => System.Version.Parse(heading.Groups[1].Value))];

        Assert.AreSequenceEqual(versions.OrderDescending(), versions);
        Assert.HasCount(versions.Length, versions.Distinct());
    }

    [TestMethod]
    public void The_programs_have_that_version()
    {
        string? version = typeof(ClientOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

        Assert.AreEqual(Version, version?.Split('+')[0]);
    }

    [GeneratedRegex(@"^## \[(\d+\.\d+\.\d+)\]", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
