using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Channels;

[TestClass]
public sealed class NameRegistryTests
{
    [TestMethod]
    public void Without_unique_names_every_client_may_have_any_name()
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
        Assert.IsTrue(names.TryTake("Pandas"), "another name");

        names.Release("Panda");

        Assert.IsTrue(names.TryTake("Panda"));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void The_owner_of_a_name_gets_it_while_another_has_it_and_it_is_free_when_both_have_left(bool isStrict)
    {
        var names = new NameRegistry(unique: !isStrict, isStrict);
        Assert.IsTrue(names.TryTake("Panda"));

        Assert.IsTrue(names.TryTake("Panda", isOwner: true));

        names.Release("Panda");
        Assert.IsFalse(names.TryTake("Panda"), "the owner has it");
        names.Release("Panda");
        Assert.IsTrue(names.TryTake("Panda"));
    }

    [TestMethod]
    [DataRow("Panda", "pANDA")]
    [DataRow("café", "cafe\u0301", DisplayName = "composed and decomposed")]
    [DataRow("ẹ\u0308", "e\u0308\u0323", DisplayName = "marks in another order")]
    [DataRow("Straße", "STRASSE")]
    [DataRow("STRAẞE", "straße")]
    [DataRow("İstanbul", "i\u0307stanbul")]
    [DataRow("ΟΔΥΣΣΕΥΣ", "Οδυσσευς", DisplayName = "a final sigma")]
    [DataRow("ﬁn", "FIN", DisplayName = "a ligature")]
    [DataRow("Å", "\u212b", DisplayName = "the sign for ångström")]
    [DataRow("K", "\u212a", DisplayName = "the sign for kelvin")]
    [DataRow("Ann", "An\u200dn", DisplayName = "a joiner that joins nothing")]
    [DataRow("Ann", "Ann\ufe0f", DisplayName = "a variation selector alone")]
    [DataRow("Red Panda", "Red\u00a0Panda", DisplayName = "another blank")]
    [DataRow("한글", "\u1112\u1161\u11ab\u1100\u1173\u11af", DisplayName = "syllables and letters")]
    public void Names_that_look_the_same_are_the_same_name(string first, string second)
    {
        var names = new NameRegistry(unique: true);

        Assert.IsTrue(names.TryTake(first));
        Assert.IsFalse(names.TryTake(second));

        names.Release(first);
        Assert.IsTrue(names.TryTake(second));
        Assert.IsFalse(names.TryTake(first));
    }

    [TestMethod]
    [DataRow("resume", "résumé")]
    [DataRow("I", "ı", DisplayName = "the letter i without a dot is another letter")]
    [DataRow("Bob", "Βоb", DisplayName = "letters of other scripts")]
    [DataRow("Red Panda", "RedPanda")]
    public void Names_that_differ_in_letters_or_marks_are_different(string first, string second)
    {
        var names = new NameRegistry(unique: true);

        Assert.IsTrue(names.TryTake(first));
        Assert.IsTrue(names.TryTake(second));
    }

    [TestMethod]
    [DataRow("Alice", "AIice")]
    [DataRow("ALICE", "aIice")]
    [DataRow("Bob1", "Bobl")]
    [DataRow("B0B", "BOB")]
    [DataRow("coco", "сосо", DisplayName = "Cyrillic for Latin")]
    [DataRow("modern", "modem")]
    [DataRow("İ", "I\u0307")]
    public void With_strict_names_two_names_cannot_look_the_same(string first, string second)
    {
        var names = new NameRegistry(unique: false, strict: true);

        Assert.IsTrue(names.TryTake(first));
        Assert.IsFalse(names.TryTake(second));
        Assert.IsFalse(names.TryTake(first));

        names.Release(first);
        Assert.IsTrue(names.TryTake(second));
    }

    [TestMethod]
    [DataRow("Panda", true)]
    [DataRow("panda_168-b.2", true)]
    [DataRow("Ελένη", true)]
    [DataRow("Иван7", true)]
    [DataRow("नरेंद्र", true, DisplayName = "letters with marks")]
    [DataRow("さくら桜サクラ", true, DisplayName = "Japanese is written in three scripts")]
    [DataRow("한국", true)]
    [DataRow("Bob has left. Alice", false)]
    [DataRow("Red Panda", false)]
    [DataRow("...", false)]
    [DataRow("🐼", false)]
    [DataRow("Pаnda", false, DisplayName = "one letter is Cyrillic")]
    [DataRow("Ме", false, DisplayName = "Me in Cyrillic")]
    [DataRow("МE", false, DisplayName = "half in Cyrillic")]
    [DataRow("Ｐanda", false, DisplayName = "a letter of full width")]
    [DataRow("An\u200dn", false)]
    public void With_strict_names_a_name_has_letters_and_digits_of_one_script(string name, bool isAllowed)
    {
        Assert.AreEqual(isAllowed, new NameRegistry(unique: false, strict: true).Allows(name));
        Assert.IsTrue(new NameRegistry(unique: true).Allows(name), "a rule of strict names only");
    }

    [TestMethod]
    public void Exactly_one_of_many_clients_that_want_a_unique_name_at_once_gets_it()
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
