using System.Globalization;
using System.Text.RegularExpressions;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>Starts the programs as a user does: through <c>run.sh</c>.</summary>
internal static partial class RunScript
{
    private static readonly Lazy<bool> Built = new(Build);

    /// <inheritdoc cref="Repository.Root"/>
    public static string Root => Repository.Root;

    /// <summary>Lets <c>run.sh</c> build the programs, which it does on first use, if that was not done.</summary>
    public static void EnsureBuilt() => Assert.IsTrue(Built.Value, "run.sh could not build the programs.");

    /// <summary><c>./run.sh</c> with these words behind it.</summary>
    public static ChatProcess Start(params IEnumerable<string> words) => new(Path.Combine(Root, "run.sh"), Root, words);

    /// <summary>A line of bash, in the folder of <c>run.sh</c>, with these words as its <c>"$@"</c>.</summary>
    public static ChatProcess StartBash(string line, params IEnumerable<string> words) =>
        new("bash", Root, ["-c", line, "bash", .. words]);

    /// <summary>A client that has connected and asks for its first line.</summary>
    public static ChatProcess StartClient(string name, string host, int port)
    {
        ChatProcess client = Start("client", name, host, Text(port));
        client.Output.MustPrint("[Me] ");
        return client;
    }

    /// <summary>A server on a free port, read from its log.</summary>
    public static (ChatProcess Server, int Port) StartServer(params IEnumerable<string> options)
    {
        ChatProcess server = Start(["server", "0", .. options]);
        return (server, AwaitPort(server));
    }

    /// <summary>Waits until a starting server says that it listens, and returns the port. Other lines may come before.</summary>
    public static int AwaitPort(ChatProcess server)
    {
        string line = server.Error.AwaitSinceLastLook(
            text => text.EndsWith('\n') && ListeningLine().IsMatch(text), "the server should have said that it listens");
        return PortIn(line);
    }

    /// <summary>The port in a start line.</summary>
    public static int PortIn(string line)
    {
        Match match = ListeningLine().Match(line);
        Assert.IsTrue(match.Success, $"The start line names no port: '{line}'");
        return int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <summary>A port as it is typed.</summary>
    public static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static bool Build()
    {
        using ChatProcess client = Start("client", "--version");
        return client.AwaitExit(Limit.Build) == 0;
    }

    [GeneratedRegex("Listening on port ([0-9]+)")]
    private static partial Regex ListeningLine();
}
