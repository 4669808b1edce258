using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Cluster;

/// <summary>When a server declares another one gone: after a number of its own beats, and never by the clock.</summary>
[TestClass]
public sealed class SilenceCountTests
{
    [TestMethod]
    public void A_server_is_silent_after_so_many_beats_without_an_entry_of_it()
    {
        var count = new SilenceCount(limit: 3);

        Silent(count).MustBe();
        Silent(count).MustBe();
        count.Heard(8);
        Silent(count).MustBe("7");
        Silent(count).MustBe();
        Silent(count).MustBe("8");
        Silent(count).MustBe("7"); // the proposal may have been lost, so it is repeated
    }

    private static IEnumerable<string> Silent(SilenceCount count) => count.Beat([7, 8]).Select(server => $"{server}");
}
