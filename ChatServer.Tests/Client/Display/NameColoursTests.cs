using CsCheck;
using ThreadedChat.ChatClient.Display;

namespace ThreadedChat.ChatServer.Tests.Client.Display;

[TestClass]
public sealed class NameColoursTests
{
    [TestMethod]
    public void No_two_names_share_a_colour_while_colours_are_left()
    {
        var colours = new NameColours(12);

        Assert.HasCount(12, Enumerable.Range(0, 12).Select(i => colours.Of($"name {i}")).Distinct());
        Assert.IsInRange(0, 11, colours.Of("one more"));
    }

    [TestMethod]
    public void A_name_keeps_its_colour_and_gets_it_again_when_it_comes_back()
    {
        var colours = new NameColours(6);
        int alice = colours.Of("Alice");
        colours.Of("Bob");
        Assert.AreEqual(alice, colours.Of("Alice"));

        colours.Left("Alice");
        Assert.AreEqual(alice, colours.Of("Alice"));
        colours.Leave();
        Assert.AreEqual(alice, colours.Of("Alice"));
    }

    [TestMethod]
    public void The_colour_of_a_name_that_left_is_free()
    {
        var colours = new NameColours(2);
        colours.Of("Alice");
        int bob = colours.Of("Bob");

        colours.Left("Bob");
        Assert.AreEqual(bob, colours.Of("Carol"));

        Assert.AreEqual(bob, colours.Of("Carol"));
        colours.Left("Alice");
        Assert.AreNotEqual(bob, colours.Of("Bob"), "Carol has the old colour of Bob.");
    }

    [TestMethod]
    public void In_another_channel_all_colours_are_free()
    {
        var colours = new NameColours(3);
        Array.ForEach(["a", "b", "c"], name => colours.Of(name));

        colours.Leave();

        Assert.HasCount(3, ((string[])["x", "y", "z"]).Select(colours.Of).Distinct());
    }

    [TestMethod]
    public void The_first_names_have_the_same_colours_in_each_session()
    {
        Assert.AreEqual(11, new NameColours(12).Of("Alice")); // FNV-1a of the name
    }

    [TestMethod]
    public void Without_colours_no_name_has_a_colour()
    {
        Assert.AreEqual(-1, new NameColours(0).Of("Alice"));
    }

    [TestMethod]
    public void Any_number_of_names_is_accepted()
    {
        var colours = new NameColours(6);
        for (int i = 0; i < 3 * NameColours.MaxNames; i++)
        {
            Assert.IsInRange(0, 5, colours.Of($"name {i}"));
        }

        colours.Leave();
        Assert.HasCount(6, Enumerable.Range(0, 6).Select(i => colours.Of($"again {i}")).Distinct());
    }

    /// <summary>Compared with the set of the names that are there.</summary>
    [TestMethod]
    public void Two_names_share_a_colour_only_if_all_colours_are_in_use()
    {
        Gen.Select(Gen.Int[1, 6], Gen.Select(Gen.Int[0, 9], Gen.Int[0, 10]).Array[0, 60]).Sample((count, steps) =>
        {
            var colours = new NameColours(count);
            Dictionary<string, int> there = [];
            foreach ((int number, int action) in steps)
            {
                string name = $"name {number}";
                switch (action)
                {
                    case < 6:
                        int colour = colours.Of(name);
                        Assert.AreEqual(there.GetValueOrDefault(name, colour), colour, "A name that is there keeps its colour.");
                        int[] others = [.. there.Where(entry => entry.Key != name).Select(entry => entry.Value)];
                        Assert.IsTrue(!others.Contains(colour) || there.ContainsKey(name) || others.Distinct().Count() == count);
                        there[name] = colour;
                        break;
                    case < 10:
                        colours.Left(name);
                        there.Remove(name);
                        break;
                    default:
                        colours.Leave();
                        there.Clear();
                        break;
                }
            }
        });
    }
}
