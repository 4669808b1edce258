using System.Globalization;
using System.Net.Sockets;
using System.Text;
using ThreadedChat.ChatCheck.Programs;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>
/// HAProxy in front of three servers, with the configuration of <c>deploy/cluster/</c> but for addresses and ports. Without the program the
/// test is inconclusive.
/// </summary>
internal sealed class HAProxy : IDisposable
{
    private const int Tries = 5;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("threadedchat-proxy-");
    private readonly ChatProcess _process;

    /// <param name="servers">For each server the port for clients and that of its HTTP, on this machine.</param>
    public HAProxy((int Clients, int Http)[] servers)
    {
        Needs.Program("haproxy");
        string text = Template
            .Replace("/run/haproxy/admin.sock", Admin, StringComparison.Ordinal)
            .Replace("maxconn 50000", "maxconn 100", StringComparison.Ordinal) // it needs files for so many
            .Replace(" port 9464", "", StringComparison.Ordinal);
        for (int i = 0; i < servers.Length; i++)
        {
            string name = Name(i);
            text = text.Replace(
                $"server {name} {name}.example:55555",
                string.Create(CultureInfo.InvariantCulture, $"server {name} 127.0.0.1:{servers[i].Clients} port {servers[i].Http}"),
                StringComparison.Ordinal);
        }

        // It cannot say which port it has taken. Another program may take the free port first; then there is a next try.
        bool listens;
        int tries = 0;
        do
        {
            Port = FreePort.Next();
            string file = Path.Combine(_folder.FullName, "haproxy.cfg");
            File.WriteAllText(file, text.Replace("bind :55555", $"bind 127.0.0.1:{RunScript.Text(Port)}", StringComparison.Ordinal));
            _process = new ChatProcess("haproxy", Repository.Root, "-db", "-f", file);
            listens = Listens();
            Assert.IsTrue(listens || ++tries < Tries, $"HAProxy does not start: {_process.Error.All}");
            if (!listens)
            {
                _process.Dispose();
            }
        }
        while (!listens);
    }

    /// <summary>The file in <c>deploy/cluster/</c>.</summary>
    public static string ConfigurationFile => Path.Combine(Repository.Root, "deploy", "cluster", "haproxy.cfg");

    /// <summary>Where clients connect.</summary>
    public int Port { get; private set; }

    private static string Template => File.ReadAllText(ConfigurationFile);

    private string Admin => Path.Combine(_folder.FullName, "admin.sock");

    /// <summary>Sends no new client to a server; those that it has stay.</summary>
    public void Drain(int server) => Assert.AreEqual("", Command($"set server servers/{Name(server)} state drain"));

    /// <summary>True if HAProxy has asked a server, and considers it ready. Before it has asked, it sends clients there too.</summary>
    public bool IsUp(int server)
    {
        // Fields of a line: the name of the proxy, that of the server, and the 18th is the state.
        string line = Command("show stat").Split('\n').Single(line => line.StartsWith($"servers,{Name(server)},", StringComparison.Ordinal));
        return line.Split(',')[17].StartsWith("UP", StringComparison.Ordinal) && line.Contains(",L7OK,", StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _process.Dispose();
        _folder.Remove();
    }

    private static string Name(int server) => "abc"[server].ToString();

    private string Command(string command)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.ReceiveTimeout = (int)Limit.Wait.TotalMilliseconds;
        socket.Connect(new UnixDomainSocketEndPoint(Admin));
        socket.Send(Encoding.UTF8.GetBytes($"{command}\n"));
        using var answer = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int count; (count = socket.Receive(buffer)) > 0;)
        {
            answer.Write(buffer, 0, count);
        }

        return Encoding.UTF8.GetString(answer.ToArray()).Trim();
    }

    /// <summary>Waits until it listens (true) or has ended (false).</summary>
    private bool Listens()
    {
        bool listens = false;
        Eventually.True(
            () =>
            {
                listens = File.Exists(Admin) && Command("show info").Contains("Pid: ", StringComparison.Ordinal);
                return listens || _process.HasExitedWithin(TimeSpan.Zero);
            },
            "HAProxy should have started");
        return listens && !_process.HasExitedWithin(TimeSpan.Zero);
    }
}
