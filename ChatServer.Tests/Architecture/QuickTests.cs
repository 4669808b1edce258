using System.Collections.Concurrent;
using System.Reflection;

namespace ThreadedChat.ChatServer.Tests.Architecture;

/// <summary>Tests outside three folders start no program and open few sockets. Without those of two categories, they are the quick tests (scripts/test.sh).</summary>
[TestClass]
public sealed class QuickTests
{
    private const string Root = "ThreadedChat.ChatServer.Tests";

    /// <summary>The folders that <c>./run.sh test --quick</c> leaves out.</summary>
    private static readonly string[] SlowFolders = [".EndToEnd", ".Reliability", ".Fuzz"];

    private static readonly string[] SlowCategories = [Support.Soak.Category, Support.SlowTest.Category];

    /// <summary>What starts a program, or brings a whole server with its sockets.</summary>
    private static readonly string[] Starters =
    [
        "System.Diagnostics.Process.Start",
        "ThreadedChat.ChatCheck.Programs.CommandSource",
        "ThreadedChat.ChatCheck.Programs.ProcessProgram",
        "ThreadedChat.ChatCheck.Programs.StartedServer",
        $"{Root}.Support.ServerUnderTest",
        $"{Root}.Support.RawServer",
    ];

    private static readonly Dictionary<string, Type> TypesByName = typeof(QuickTests).Assembly.GetTypes().ToDictionary(type => type.FullName!);

    /// <summary>For each type seen so far, the starters and the types of this project to which it refers.</summary>
    private static readonly ConcurrentDictionary<Type, (string[] Starters, Type[] Types)> UsesByType = new();

    private static IEnumerable<Type> TestClasses => TypesByName.Values.Where(type => !type.IsAbstract && type.IsDefined(typeof(TestClassAttribute)));

    [TestMethod]
    public void A_quick_test_refers_to_nothing_that_starts_a_program_or_a_server()
    {
        IEnumerable<string> starting =
            from test in TestClasses
            where !IsSlow(test)
            from starter in StartersUsedBy(test)
            select $"{test.FullName} refers to {starter}: it belongs into EndToEnd, Reliability or Fuzz";

        Assert.IsEmpty(starting, string.Join('\n', starting));
    }

    [TestMethod]
    [DataRow(typeof(EndToEnd.RunScriptTests), "System.Diagnostics.Process.Start")]
    [DataRow(typeof(EndToEnd.StopTests), $"{Root}.Support.ServerUnderTest")]
    public void A_reference_is_found_through_the_types_that_a_test_uses(Type test, string starter) => Assert.Contains(starter, StartersUsedBy(test));

    [TestMethod]
    public void The_filter_of_the_script_names_the_same_folders_and_categories()
    {
        string script = File.ReadAllText(Path.Combine(Support.Repository.Root, "scripts", "test.sh"));

        Assert.Contains($"QUICK='{string.Join('&', SlowFolders.Select(folder => $"FullyQualifiedName!~{folder}."))}'", script);
        Assert.Contains($"QUICK+='{string.Concat(SlowCategories.Select(category => $"&TestCategory!={category}"))}'", script);
    }

    private static bool IsSlow(Type type) => SlowFolders.Any(folder => $"{type.Namespace}.".Contains($"{folder}.", StringComparison.Ordinal));

    /// <summary>The starters to which a type refers, or a type of this project to which it refers, and so on.</summary>
    private static HashSet<string> StartersUsedBy(Type test)
    {
        var found = new HashSet<string>();
        var seen = new HashSet<Type> { test };
        var queue = new Queue<Type>(seen);
        while (queue.TryDequeue(out Type? type))
        {
            (string[] starters, Type[] types) = UsesByType.GetOrAdd(type, DirectUsesOf);
            found.UnionWith(starters);
            foreach (Type used in types.Where(seen.Add))
            {
                queue.Enqueue(used);
            }
        }

        return found;
    }

    private static (string[] Starters, Type[] Types) DirectUsesOf(Type type)
    {
        string[] references = [.. WithNested(type).SelectMany(MemberReferences.Of).Distinct()];
        return (
            [.. Starters.Where(starter => Array.Exists(references, reference => reference.StartsWith(starter, StringComparison.Ordinal)))],
            [.. references.Select(reference => TypesByName.GetValueOrDefault(reference)).OfType<Type>()]);
    }

    /// <summary>A type and those inside it: also the ones that the compiler makes of lambdas and iterators.</summary>
    private static IEnumerable<Type> WithNested(Type type) =>
        type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).SelectMany(WithNested).Prepend(type);
}
