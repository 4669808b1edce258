using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Channels;

[TestClass]
public sealed class NameRegistryTests
{
    [TestMethod]
    public void Where_names_need_not_be_unique_everybody_may_have_any()
    {
        var names = new NameRegistry(unique: false);

        Assert.IsTrue(names.TryTake("Panda"));
        Assert.IsTrue(names.TryTake("Panda"));
    }

    [TestMethod]
    public void A_unique_name_can_be_taken_once_until_it_is_released()
    {
        var names = new NameRegistry(unique: true);

        Assert.IsTrue(names.TryTake("Panda"));
        Assert.IsFalse(names.TryTake("Panda"));
        Assert.IsTrue(names.TryTake("panda"), "another name");

        names.Release("Panda");

        Assert.IsTrue(names.TryTake("Panda"));
    }

    [TestMethod]
    public void Of_many_who_want_a_unique_name_at_once_exactly_one_gets_it()
    {
        const int Rounds = 200;
        const int Threads = 4;
        var names = new NameRegistry(unique: true);
        var taken = new int[Rounds];

        TestThread.Meet(Threads, _ =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                if (names.TryTake($"Panda {round}"))
                {
                    Interlocked.Increment(ref taken[round]);
                }
            }
        });

        Assert.DoesNotContain(count => count != 1, taken);
    }
}
