using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ThreadedChat.ChatServer.Accounts;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>A folder with accounts, and what a server with accounts and moderation writes. Removed at its end.</summary>
internal sealed class GuardFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("threadedchat-");

    /// <summary>An empty file of accounts.</summary>
    public GuardFolder() => File.WriteAllText(Accounts, "");

    public string Accounts => PathOf("accounts");

    public string Control => PathOf("control");

    public string Audit => PathOf("audit");

    /// <summary>A server with accounts, an audit and a control socket.</summary>
    public ServerOptions Options => new() { Accounts = Accounts, Control = Control, Audit = Audit };

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Adds an account, or gives it a new token. What stands in the first frame of its owner: name, colon, token.</summary>
    public string Login(string name, bool isModerator = false)
    {
        string token = AccountToken.New();
        var account = new Account(name, TokenHash.OfToken(token)!, isModerator, DateTimeOffset.UtcNow);
        AccountsFile.Change(Accounts, accounts => accounts.All.Where(other => other.Key != account.Key).Append(account));
        return $"{name}:{token}";
    }

    public void Remove(string name) => AccountsFile.Change(Accounts, accounts => accounts.All.Where(account => account.Name != name));

    /// <summary>Asks at the control socket.</summary>
    public JsonElement Ask(params string[] words) => JsonDocument.Parse(AskRaw($"{JsonSerializer.Serialize(words)}\n")).RootElement;

    /// <summary>Asks at the control socket; what was asked for must be done.</summary>
    public JsonElement MustDo(params string[] words)
    {
        JsonElement answer = Ask(words);
        Assert.IsTrue(answer.GetProperty("done").GetBoolean(), answer.ToString());
        return answer;
    }

    /// <summary>The names of the clients that are in.</summary>
    public string[] Names() => [.. MustDo("who").GetProperty("clients").EnumerateArray().Select(client => client.GetProperty("name").GetString()!)];

    /// <summary>Sends any bytes to the control socket, and reads to the end.</summary>
    public string AskRaw(string request)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.ReceiveTimeout = (int)Limit.Wait.TotalMilliseconds;
        socket.Connect(new UnixDomainSocketEndPoint(Control));
        socket.Send(Encoding.UTF8.GetBytes(request));
        socket.Shutdown(SocketShutdown.Send);
        using var answer = new MemoryStream();
        var buffer = new byte[4096];
        int count;
        while ((count = socket.Receive(buffer)) > 0)
        {
            answer.Write(buffer, 0, count);
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    public void Dispose() => _folder.Remove();
}
