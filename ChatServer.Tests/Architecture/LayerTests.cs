using System.Reflection;
using System.Runtime.CompilerServices;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Architecture;

/// <summary>A folder of the server is a layer. A layer refers only to layers below it.</summary>
[TestClass]
public sealed class LayerTests
{
    private const string Root = "ThreadedChat.ChatServer";

    private static readonly Assembly Program = typeof(ServerOptions).Assembly;

    /// <summary>The layers, from the ground up, with the layers that each may use.</summary>
    private static readonly Dictionary<string, string[]> Layers = new()
    {
        ["Logging"] = [],
        ["Machine"] = [],
        ["Http"] = ["Logging", "Machine"],
        ["Basic"] = [],
        ["Channels"] = [],
        ["Commands"] = ["Logging", "Channels"],
        ["History"] = ["Logging", "Machine", "Channels", "Commands"],
        ["Sending"] = ["Logging", "Machine", "Channels"],
        ["Cluster"] = ["Logging", "Machine", "Channels"],
        ["Nats"] = ["Cluster"],
        ["Connections"] = ["Logging", "Machine", "Channels", "Commands", "Sending"],
        ["Secure"] = ["Machine", "Sending", "Connections"],
        ["Accounts"] = ["Machine", "Channels", "Sending", "Connections"],
        ["Moderation"] = ["Logging", "Machine", "Channels", "Commands", "Sending", "Cluster", "Connections", "Accounts"],
        ["Metrics"] = ["Logging", "Machine", "Channels", "History", "Sending", "Cluster", "Connections", "Secure"],
        ["Live"] = ["Http", "Channels", "Sending", "Connections", "Metrics"],
    };

    private static readonly string[] Blocking =
    [
        "System.Threading.Thread",
        "System.Threading.Tasks.",
        "System.Threading.Timer",
        "System.Threading.Monitor.Wait",
        "System.Threading.Monitor.Pulse",
        "System.Threading.ManualResetEvent",
        "System.Threading.AutoResetEvent",
        "System.Threading.Semaphore",
        "System.Threading.WaitHandle",
    ];

    private static readonly string[] Clocks =
    [
        "System.TimeProvider",
        "System.DateTime",
        "System.Diagnostics.Stopwatch",
        "System.Environment.get_TickCount",
    ];

    private static IEnumerable<string> LayerNames => Layers.Keys;

    private static string[] RootTypes => [.. Program.GetTypes().Where(type => type.Namespace == Root).Select(type => type.FullName!)];

    [TestMethod]
    [DynamicData(nameof(LayerNames))]
    public void A_layer_refers_only_to_layers_below_it(string layer)
    {
        IEnumerable<string> used = ReferencesIn($"{Root}.{layer}")
            .Where(reference => reference.StartsWith($"{Root}.", StringComparison.Ordinal))
            .Select(reference => reference[(Root.Length + 1)..].Split('.')[0])
            .Where(Layers.ContainsKey)
            .Distinct();

        Assert.IsEmpty(used.Except([layer, .. Layers[layer]]));
    }

    /// <summary>The types of the root put the layers together. A layer gets values, and never the options.</summary>
    [TestMethod]
    [DynamicData(nameof(LayerNames))]
    public void A_layer_refers_to_no_type_of_the_root(string layer)
    {
        Assert.IsEmpty(Matches($"{Root}.{layer}", RootTypes));
    }

    [TestMethod]
    public void Each_layer_is_above_all_layers_that_it_uses()
    {
        string[] order = [.. Layers.Keys];

        Assert.IsEmpty(
            from layer in order
            from used in Layers[layer]
            where Array.IndexOf(order, used) >= Array.IndexOf(order, layer)
            select $"{layer} uses {used}");
    }

    [TestMethod]
    public void Each_folder_is_in_the_table_of_layers()
    {
        IEnumerable<string> folders = Program.GetTypes()
            .Select(type => type.Namespace ?? "")
            .Where(space => space.StartsWith($"{Root}.", StringComparison.Ordinal))
            .Select(space => space[(Root.Length + 1)..])
            .Distinct();

        Assert.IsEmpty(folders.Except(Layers.Keys));
    }

    [TestMethod]
    [DataRow("Channels")]
    [DataRow("Commands")]
    public void Channels_and_commands_use_no_socket_no_thread_and_no_clock(string layer)
    {
        Assert.IsEmpty(Matches($"{Root}.{layer}", ["System.Net.", .. Blocking, .. Clocks]));
    }

    [TestMethod]
    [DataRow("Sending")]
    [DataRow("Logging")]
    public void A_layer_without_sockets_refers_to_nothing_in_System_Net(string layer)
    {
        Assert.IsEmpty(Matches($"{Root}.{layer}", ["System.Net."]));
    }

    [TestMethod]
    public void Only_the_layer_of_the_engine_refers_to_the_client_of_NATS()
    {
        string engine = $"{Root}.Nats";

        Assert.IsNotEmpty(Matches(engine, ["NATS."]));
        Assert.IsEmpty(Program.GetTypes()
            .Where(type => type.Namespace != engine && MemberReferences.Of(type).Any(name => name.StartsWith("NATS.", StringComparison.Ordinal)))
            .Select(type => type.FullName));
    }

    /// <summary>The reader of references works: it finds each kind where it is used.</summary>
    [TestMethod]
    [DataRow("Connections", "System.Net.Sockets.Socket")]
    [DataRow("Machine", "System.Net.Sockets.Socket")]
    [DataRow("Sending", "System.Threading.Thread.Start")]
    [DataRow("Sending", "System.Threading.Monitor.Wait")]
    [DataRow("Sending", "System.TimeProvider.GetTimestamp")]
    [DataRow("Sending", "System.Environment.get_TickCount64")]
    public void References_that_exist_are_found(string layer, string reference)
    {
        Assert.Contains(reference, Matches($"{Root}.{layer}", ["System.Net.", .. Blocking, .. Clocks]));
    }

    [TestMethod]
    public void A_reference_to_a_type_of_the_root_is_found()
    {
        Assert.Contains(typeof(ServerOptions).FullName!, Matches(Root, RootTypes));
    }

    /// <summary>One async call on a socket makes it non-blocking from then on; the readers need sockets that block.</summary>
    [TestMethod]
    public void Nothing_in_the_server_is_async()
    {
        Type[] types = [.. Program.GetTypes(), .. typeof(Frame).Assembly.GetTypes()];

        Assert.IsEmpty(types.Where(type => type.IsAssignableTo(typeof(IAsyncStateMachine))));
    }

    private static IEnumerable<string> Matches(string space, string[] beginnings) =>
        ReferencesIn(space).Where(reference => beginnings.Any(name => reference.StartsWith(name, StringComparison.Ordinal)));

    private static IEnumerable<string> ReferencesIn(string space)
    {
        Type[] types = [.. Program.GetTypes().Where(type => type.Namespace == space)];
        Assert.IsNotEmpty(types);
        return types.SelectMany(MemberReferences.Of).Distinct();
    }
}
