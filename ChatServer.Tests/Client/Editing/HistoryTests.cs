using System.Globalization;

namespace ThreadedChat.ChatServer.Tests.Client.Editing;

[TestClass]
public sealed class HistoryTests
{
    [TestMethod]
    public void Up_and_down_lead_through_what_was_entered_and_back_to_what_was_being_typed()
    {
        var history = new ChatClient.Editing.History();
        history.Add("one");
        history.Add("two");

        Assert.AreEqual("two", history.Previous("half"));
        Assert.AreEqual("one", history.Previous("two"));
        Assert.IsNull(history.Previous("one"));
        Assert.AreEqual("two", history.Next());
        Assert.AreEqual("half", history.Next());
        Assert.IsNull(history.Next());
    }

    [TestMethod]
    public void Blank_lines_and_repetitions_are_not_kept()
    {
        var history = new ChatClient.Editing.History();
        foreach (string line in (string[])["one", "", "  ", "one"])
        {
            history.Add(line);
        }

        Assert.AreEqual("one", history.Previous(""));
        Assert.IsNull(history.Previous("one"));
    }

    [TestMethod]
    public void After_a_line_was_entered_up_begins_with_that()
    {
        var history = new ChatClient.Editing.History();
        history.Add("one");
        history.Add("two");
        history.Previous("");
        history.Previous("two");

        history.Add("three");

        Assert.AreEqual("three", history.Previous(""));
    }

    [TestMethod]
    public void Only_the_latest_are_kept()
    {
        var history = new ChatClient.Editing.History();
        for (int i = 0; i <= ChatClient.Editing.History.MaxCount; i++)
        {
            history.Add(i.ToString(CultureInfo.InvariantCulture));
        }

        string oldest = "";
        while (history.Previous("") is { } older)
        {
            oldest = older;
        }

        Assert.AreEqual("1", oldest);
    }
}
