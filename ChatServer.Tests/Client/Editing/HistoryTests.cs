using System.Globalization;
using ThreadedChat.ChatClient.Editing;

namespace ThreadedChat.ChatServer.Tests.Client.Editing;

[TestClass]
public sealed class HistoryTests
{
    [TestMethod]
    public void Up_and_down_lead_through_what_was_entered_and_back_to_what_was_being_typed()
    {
        var history = new History();
        history.Add("one");
        history.Add("two");

        Assert.AreEqual("two", history.Older("half"));
        Assert.AreEqual("one", history.Older("two"));
        Assert.IsNull(history.Older("one"));
        Assert.AreEqual("two", history.Newer());
        Assert.AreEqual("half", history.Newer());
        Assert.IsNull(history.Newer());
    }

    [TestMethod]
    public void Blank_lines_and_repetitions_are_not_kept()
    {
        var history = new History();
        foreach (string line in (string[])["one", "", "  ", "one"])
        {
            history.Add(line);
        }

        Assert.AreEqual("one", history.Older(""));
        Assert.IsNull(history.Older("one"));
    }

    [TestMethod]
    public void After_a_line_was_entered_up_begins_with_that()
    {
        var history = new History();
        history.Add("one");
        history.Add("two");
        history.Older("");
        history.Older("two");

        history.Add("three");

        Assert.AreEqual("three", history.Older(""));
    }

    [TestMethod]
    public void Only_the_latest_are_kept()
    {
        var history = new History();
        for (int i = 0; i <= History.MaxCount; i++)
        {
            history.Add(i.ToString(CultureInfo.InvariantCulture));
        }

        string oldest = "";
        while (history.Older("") is { } older)
        {
            oldest = older;
        }

        Assert.AreEqual("1", oldest);
    }
}
