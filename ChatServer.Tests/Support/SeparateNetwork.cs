using System.Net;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>
/// A network namespace of Linux, connected to this machine's network by one link that can be taken down. Needs root and the
/// program <c>ip</c>. It ends with this object.
/// </summary>
internal sealed class SeparateNetwork : IDisposable
{
    // How many networks of four addresses the block 198.18.0.0/15 has, which is set aside for tests of networks (RFC 2544).
    private const int Networks = 1 << 15;

    private static int _made;

    private readonly string _name;
    private readonly string _link;
    private readonly string _ourAddress;
    private readonly int _number;

    public SeparateNetwork()
    {
        // Each has addresses of its own: several tests, and several test runs on one machine, have networks at a time.
        int number = Interlocked.Increment(ref _made);
        int first = ((Environment.ProcessId * 16) + number) % Networks * 4;
        _name = $"chat{Environment.ProcessId}-{number}";
        _link = $"cv{Environment.ProcessId}-{number}";
        _number = first / 4;
        _ourAddress = Address(first + 1);
        ServerAddress = IPAddress.Parse(Address(first + 2));

        string error = TryRun("netns", "add", _name);
        if (error.Length > 0)
        {
            Assert.Inconclusive($"Needs network namespaces: {error}");
        }

        try
        {
            Run("link", "add", _link, "type", "veth", "peer", "name", "inside", "netns", _name);
            Run("address", "add", $"{_ourAddress}/30", "dev", _link);
            Run("link", "set", _link, "up");
            Run("-n", _name, "address", "add", $"{ServerAddress}/30", "dev", "inside");
            Run("-n", _name, "link", "set", "inside", "up");
            Run("-n", _name, "link", "set", "lo", "up");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>By which a server inside is reached from outside.</summary>
    public IPAddress ServerAddress { get; }

    /// <summary>By which a program inside reaches this machine.</summary>
    public string OurAddress => _ourAddress;

    /// <summary>Gives the link IPv6: by which address a server inside is reached then, and so many addresses of ours in the same /64.</summary>
    public (IPAddress Server, IPAddress[] Ours) AddIPv6(int count)
    {
        string network = $"fd00:c4a7:{_number:x}:0:";
        Run("-n", _name, "address", "add", $"{network}:ffff/64", "dev", "inside", "nodad");
        string[] ours = [.. Enumerable.Range(1, count).Select(i => $"{network}:{i:x}")];
        foreach (string address in ours)
        {
            Run("address", "add", $"{address}/64", "dev", _link, "nodad");
        }

        return (IPAddress.Parse($"{network}:ffff"), [.. ours.Select(IPAddress.Parse)]);
    }

    /// <summary>Starts a program inside, in the folder of <c>run.sh</c>.</summary>
    public ChatProcess Start(params IEnumerable<string> command) => new("ip", RunScript.Root, ["netns", "exec", _name, .. command]);

    /// <summary>From now on no packet passes between the two sides, without an error.</summary>
    public void TakeLinkDown() => Run("link", "set", _link, "down");

    public void PutLinkUp() => Run("link", "set", _link, "up");

    public void Dispose() => TryRun("netns", "delete", _name); // its end of the link goes with it, and so does the other

    private static string Address(int number) => $"198.{18 + (number >> 16)}.{(number >> 8) & 0xFF}.{number & 0xFF}";

    private static void Run(params string[] arguments) => Assert.AreEqual("", TryRun(arguments), $"ip {string.Join(' ', arguments)}");

    /// <summary>What went wrong; empty if nothing did.</summary>
    private static string TryRun(params string[] arguments)
    {
        using var ip = new ChatProcess("ip", RunScript.Root, arguments);
        int code = ip.AwaitExit();
        string error = ip.Error.AwaitEnd();
        return code == 0 ? "" : $"{error.Trim()} (exit code {code})";
    }
}
