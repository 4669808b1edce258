using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ThreadedChat.ChatServer.Moderation;
using ThreadedChat.Common.Arguments;
using static ThreadedChat.ChatServer.ServerExitCode;

namespace ThreadedChat.ChatServer;

/// <summary>The command line of <c>./run.sh admin</c>: one request to the control socket of a running server.</summary>
internal static class AdminCommandLine
{
    /// <summary>The first argument of the program that chooses this command line.</summary>
    public const string Switch = "--admin";

    private const string JsonOption = "--json";
    private const int PeerLimit = 30_000;

    /// <summary>Also the text of the manual.</summary>
    internal const string Help = """
        Description:
          Sends one request to a running server, through the socket of its option --control.

        Usage:
          admin PATH who                           list the clients
          admin PATH kick NAME [REASON]            remove a person
          admin PATH ban NAME|NETWORK [MINUTES]    remove a person or a network, and keep it out
          admin PATH unban NAME|NETWORK            end a ban
          admin PATH bans                          list the bans
          admin PATH mute NAME|'*' [MINUTES]       deliver nothing that a person (*: everybody) says
          admin PATH unmute NAME|'*'               end a mute
          admin PATH announce TEXT                 send a text to all clients
          admin PATH remove CHANNEL                remove a channel
          admin PATH accounts-reload               read the accounts again

        Options:
          --json     Print the answer as a JSON object
          --help     Show help and usage information

        """;

    /// <summary>For each request, the least and the most words behind it.</summary>
    private static readonly Dictionary<string, (int Least, int Most)> Requests = new()
    {
        ["who"] = (0, 0),
        ["bans"] = (0, 0),
        ["accounts-reload"] = (0, 0),
        ["kick"] = (1, int.MaxValue),
        ["ban"] = (1, 2),
        ["unban"] = (1, 1),
        ["mute"] = (1, 2),
        ["unmute"] = (1, 1),
        ["announce"] = (1, int.MaxValue),
        ["remove"] = (1, 1),
    };

    /// <summary>Sends the request. Exit code 1: nothing was done, or no server answers; 2: the arguments are wrong.</summary>
    public static int Run(string[] args)
    {
        if (args is ["--help" or "-h", ..] || args.Contains("--help"))
        {
            Console.Out.Write(Help);
            return Success;
        }

        bool isJson = args.Contains(JsonOption);
        string[] words = [.. args.Where(arg => arg != JsonOption)];
        if (words is not [var path, var request, .. var rest] || path.Length == 0
            || !Requests.TryGetValue(request, out (int Least, int Most) count) || rest.Length < count.Least || rest.Length > count.Most)
        {
            string what = words.Length < 2 ? "admin takes a PATH and a request." : $"'{string.Join(' ', words[1..])}' is not a request.";
            Console.Error.WriteLine($"{ArgumentForms.OneLine(what)} (--help shows all of them)");
            return WrongArguments;
        }

        try
        {
            return Print(Ask(path, words[1..]), isJson);
        }
        catch (Exception e) when (e is SocketException or JsonException or ArgumentException)
        {
            Console.Error.WriteLine($"No server answers at '{ArgumentForms.OneLine(path)}': {ArgumentForms.OneLine(e.Message)}");
            return Failure;
        }
    }

    private static string Ask(string path, string[] words)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        socket.ReceiveTimeout = PeerLimit;
        socket.Send(Encoding.UTF8.GetBytes($"{JsonSerializer.Serialize(words, ControlJson.Default.StringArray)}\n"));
        using var answer = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int length;
        while ((length = socket.Receive(buffer)) > 0)
        {
            answer.Write(buffer, 0, length);
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    private static int Print(string answer, bool isJson)
    {
        using JsonDocument document = JsonDocument.Parse(answer);
        JsonElement root = document.RootElement;
        bool isDone = root.GetProperty("done").GetBoolean();
        if (isJson)
        {
            Console.Out.Write(answer);
            return isDone ? Success : Failure;
        }

        foreach (JsonElement client in Items(root, "clients"))
        {
            string kind = client.GetProperty("moderator").GetBoolean() ? "moderator" : client.GetProperty("proved").GetBoolean() ? "member" : "guest";
            string muted = client.GetProperty("muted").GetBoolean() ? "\tmuted" : "";
            Console.Out.WriteLine($"{Text(client, "name")}\t{Text(client, "address")}\t{Text(client, "channel")}\t{kind}\t{Text(client, "since")}{muted}");
        }

        foreach (JsonElement ban in Items(root, "bans"))
        {
            string networks = string.Join(' ', ban.GetProperty("networks").EnumerateArray().Select(network => network.GetString()));
            Console.Out.WriteLine($"{Text(ban, "name")}\t{networks}\t{(ban.TryGetProperty("until", out _) ? Text(ban, "until") : "for ever")}\t{Text(ban, "by")}");
        }

        (isDone ? Console.Out : Console.Error).WriteLine(Text(root, "text"));
        return isDone ? Success : Failure;
    }

    private static JsonElement[] Items(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement list) ? [.. list.EnumerateArray()] : [];

    private static string Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement value) && value.GetString() is { Length: > 0 } text ? ArgumentForms.OneLine(text) : "-";
}
