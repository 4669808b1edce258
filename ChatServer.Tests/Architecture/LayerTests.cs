using System.Reflection;
using System.Runtime.CompilerServices;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Architecture;

/// <summary>Channels and commands are tested with plain objects because they know no socket, thread or clock. They must not learn of them.</summary>
[TestClass]
public sealed class LayerTests
{
    private const string Root = "ThreadedChat.ChatServer";

    private static readonly Assembly Program = typeof(ServerOptions).Assembly;

    /// <summary>How the names of what is forbidden begin.</summary>
    private static readonly string[] Forbidden =
    [
        $"{Root}.Connections.",
        "System.Net.",
        "System.Threading.Thread",
        "System.Threading.Tasks.",
        "System.Threading.Timer",
        "System.Threading.Monitor.Wait",
        "System.Threading.Monitor.Pulse",
        "System.Threading.ManualResetEvent",
        "System.Threading.AutoResetEvent",
        "System.Threading.Semaphore",
        "System.Threading.WaitHandle",
        "System.TimeProvider",
        "System.DateTime",
        "System.Diagnostics.Stopwatch",
        "System.Environment.get_TickCount",
    ];

    [TestMethod]
    [DataRow("Channels")]
    [DataRow("Commands")]
    public void Neither_channels_nor_commands_know_sockets_threads_clocks_or_connections(string folder)
    {
        Assert.IsEmpty(ForbiddenIn($"{Root}.{folder}"));
    }

    [TestMethod]
    public void Channels_do_not_know_the_commands_that_use_them()
    {
        Assert.DoesNotContain(
            reference => reference.StartsWith($"{Root}.Commands.", StringComparison.Ordinal), ReferencesIn($"{Root}.Channels"));
    }

    /// <summary>The test above sees what it should: in the layer that has all of this, it finds it.</summary>
    [TestMethod]
    [DataRow("System.Net.Sockets.Socket")]
    [DataRow("System.Threading.Thread.Start")]
    [DataRow("System.Threading.Monitor.Wait")]
    [DataRow("System.TimeProvider.GetTimestamp")]
    [DataRow("System.Environment.get_TickCount64")]
    public void Connections_are_seen_to_know_them(string reference)
    {
        Assert.Contains(reference, ForbiddenIn($"{Root}.Connections"));
    }

    /// <summary>Connections have them, part 0 has its own, and the program's start makes the first of each.</summary>
    [TestMethod]
    public void Nothing_else_in_the_server_knows_sockets_or_threads()
    {
        Type[] mayKnow = [typeof(Server), typeof(ServerProgram), typeof(StopRequest)];
        string[] spacesThatMay = [$"{Root}.Connections", $"{Root}.Basic"];

        IEnumerable<string> knowing =
            from type in Program.GetTypes()
            where type.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true && !spacesThatMay.Contains(type.Namespace)
            where !mayKnow.Contains(Outermost(type))
            from reference in MemberReferences.Of(type)
            where IsSocketOrThread(reference)
            select $"{type.FullName} knows {reference}";

        Assert.IsEmpty(knowing);
    }

    /// <summary>The test above sees what it should: where there are sockets and threads, it finds them.</summary>
    [TestMethod]
    public void Connections_and_the_start_are_seen_to_know_them()
    {
        Assert.Contains(IsSocketOrThread, MemberReferences.Of(typeof(Server)));
        Assert.Contains(IsSocketOrThread, MemberReferences.Of(typeof(ServerProgram)));
        Assert.Contains(IsSocketOrThread, ReferencesIn($"{Root}.Connections"));
    }

    /// <summary>One async call on a socket makes it non-blocking for good: the readers block on theirs.</summary>
    [TestMethod]
    public void Nothing_in_the_server_is_async()
    {
        Type[] types = [.. Program.GetTypes(), .. typeof(Frame).Assembly.GetTypes()];

        Assert.IsEmpty(types.Where(type => type.IsAssignableTo(typeof(IAsyncStateMachine))));
    }

    private static bool IsSocketOrThread(string reference) =>
        reference.StartsWith("System.Net.Sockets.", StringComparison.Ordinal)
        || reference.StartsWith("System.Threading.Thread", StringComparison.Ordinal)
        || reference.StartsWith("System.Threading.Tasks.", StringComparison.Ordinal)
        || reference.StartsWith("System.Threading.Timer", StringComparison.Ordinal);

    /// <summary>A closure or an iterator belongs to the type it was written in.</summary>
    private static Type Outermost(Type type) => type.DeclaringType is Type outer ? Outermost(outer) : type;

    private static IEnumerable<string> ForbiddenIn(string space) =>
        ReferencesIn(space).Where(reference => Forbidden.Any(name => reference.StartsWith(name, StringComparison.Ordinal)));

    private static IEnumerable<string> ReferencesIn(string space)
    {
        Type[] types = [.. Program.GetTypes().Where(type => type.Namespace == space)];
        Assert.IsNotEmpty(types);
        return types.SelectMany(MemberReferences.Of).Distinct();
    }
}
