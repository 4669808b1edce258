using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using ThreadedChat.ChatServer.Accounts;
using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Moderation;
using ThreadedChat.ChatServer.Nats;
using ThreadedChat.ChatServer.Secure;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;
using ThreadedChat.Common.Configuration;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>No file of an operator is opened that would let the server wait for ever.</summary>
[TestClass]
public sealed class RegularFileTests : IDisposable
{
    private readonly GuardFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("accounts")]
    [DataRow("bans")]
    [DataRow("audit")]
    [DataRow("configuration")]
    [DataRow("certificate")]
    [DataRow("history")]
    [DataRow("login of the engine")]
    [DataRow("lock")]
    public void A_FIFO_is_refused(string kind)
    {
        string fifo = MakeFifo(kind == "lock" ? "accounts.lock" : "fifo");

        string why = kind == "configuration" ? ConfigurationFile.Read(fifo).Error ?? "" : Assert.Throws<Exception>(() => Open(kind, fifo)).Message;

        Assert.Contains("is a FIFO, not a regular file.", why);
        Assert.DoesNotContain("\n", why);
    }

    [TestMethod]
    public void A_regular_file_a_folder_and_no_file_may_be_opened()
    {
        RegularFile.Require(_folder.Accounts);
        RegularFile.Require(Path.GetTempPath());
        RegularFile.Require(_folder.PathOf("nothing"));
        RegularFile.Require(Path.DirectorySeparatorChar == '/' ? "/dev/null" : "NUL");
    }

    private void Open(string kind, string fifo)
    {
        switch (kind)
        {
            case "accounts":
                AccountsFile.Read(fifo);
                break;
            case "bans":
                BanFile.Read(fifo);
                break;
            case "audit":
                _ = new AuditFile(fifo, NullLogger.Instance);
                break;
            case "certificate":
                _ = new TlsIdentity(new TlsFiles(fifo, fifo, null));
                break;
            case "history":
                HistoryDatabase.Lock(fifo);
                break;
            case "lock":
                AccountsFile.Change(_folder.Accounts, _ => null);
                break;
            default:
                NatsSettings.Of(new ClusterTarget("nats://127.0.0.1:1", "test") { Credentials = fifo });
                break;
        }
    }

    private string MakeFifo(string name)
    {
        Needs.Linux();
        Needs.Program("mkfifo");
        string path = _folder.PathOf(name);
        using Process made = Process.Start("mkfifo", path);
        made.WaitForExit();
        return path;
    }
}
