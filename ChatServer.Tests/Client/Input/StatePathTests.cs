using ThreadedChat.ChatClient.Input;

namespace ThreadedChat.ChatServer.Tests.Client.Input;

[TestClass]
public sealed class StatePathTests
{
    [TestMethod]
    [DataRow("/state", "/home/me", null, "/state/threadedchat/history")]
    [DataRow(null, "/home/me", null, "/home/me/.local/state/threadedchat/history")]
    [DataRow("", "/home/me", null, "/home/me/.local/state/threadedchat/history")]
    [DataRow("relative", "/home/me", null, "/home/me/.local/state/threadedchat/history")]
    [DataRow("/state", "", null, "/state/threadedchat/history")]
    [DataRow(null, "", null, null)]
    [DataRow("/state", "/home/me", "/data", "/data/threadedchat/history", DisplayName = "Windows")]
    [DataRow("/state", "/home/me", "", null, DisplayName = "Windows without such a folder")]
    public void The_file_is_where_the_system_keeps_such_files(string? state, string home, string? localData, string? path)
    {
        Assert.AreEqual(path, StatePath.Default(StatePath.History, name => name == "XDG_STATE_HOME" ? state : null, home, localData)?.Replace('\\', '/'));
    }
}
