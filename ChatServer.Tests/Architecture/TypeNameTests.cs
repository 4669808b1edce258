using System.Reflection;
using System.Runtime.CompilerServices;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatClient;
using ThreadedChat.ChatGrade.Settings;
using ThreadedChat.ChatServer.Benchmarks;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Architecture;

/// <summary>One name, one thing: no two types of the solution have the same name.</summary>
[TestClass]
public sealed class TypeNameTests
{
    private static readonly Assembly[] Solution =
    [
        typeof(Frame).Assembly,
        typeof(ServerOptions).Assembly,
        typeof(ClientOptions).Assembly,
        typeof(Suite).Assembly,
        typeof(ClassSettings).Assembly,
        typeof(BenchOptions).Assembly,
        typeof(TypeNameTests).Assembly,
    ];

    /// <summary>Names that several types have, with the reason.</summary>
    private static readonly Dictionary<string, string> Shared = new()
    {
        ["Program"] = "the entry point of each program",
    };

    [TestMethod]
    public void No_two_types_of_the_solution_have_the_same_name()
    {
        IEnumerable<string> repeated =
            from type in Types()
            group type.FullName by type.Name into types
            where types.Count() > 1 && !Shared.ContainsKey(types.Key)
            orderby types.Key
            select string.Join(", ", types);

        Assert.AreEqual("", string.Join('\n', repeated));
    }

    [TestMethod]
    public void Each_name_in_the_list_of_shared_names_is_shared()
    {
        IEnumerable<string> single = Shared.Keys.Where(name => Types().Count(type => type.Name == name) < 2);

        Assert.AreEqual("", string.Join('\n', single));
    }

    /// <summary>A declared type of a source file. A nested type is known by the name of the type around it.</summary>
    private static IEnumerable<Type> Types() => Solution
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => !type.IsNested && !type.IsDefined(typeof(CompilerGeneratedAttribute))
            && type.Namespace?.StartsWith("ThreadedChat.", StringComparison.Ordinal) == true);
}
