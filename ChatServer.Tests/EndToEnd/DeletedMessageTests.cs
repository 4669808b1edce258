using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>Another program searches the files for messages that the history removed.</summary>
[TestClass]
public sealed class DeletedMessageTests : IDisposable
{
    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Not only out of the tables: no byte of it is left in any of the files.</summary>
    [TestMethod]
    public void A_removed_message_is_in_none_of_the_files()
    {
        using var chat = new RecordedChat(_folder.File, messages: 1);
        ChatUser ana = chat.AdmitTo("tea", "Ana");
        ana.Sends("confidential", "/history");
        Assert.IsTrue(IsInAnyFile("confiden"), "It is stored unchanged.");

        ana.Sends("harmless");

        Eventually.True(() => _folder.Texts() is ["harmless"], "the old message should be removed");
        Eventually.True(() => !IsInAnyFile("confiden"), "it should be in no file");
    }

    private bool IsInAnyFile(string text)
    {
        // By a program: a process that opens a file itself and closes it gives up the locks that SQLite has on it.
        using var grep = new ChatProcess("grep", _folder.Path, "-raqF", text, ".");
        return grep.AwaitExit() == 0;
    }
}
