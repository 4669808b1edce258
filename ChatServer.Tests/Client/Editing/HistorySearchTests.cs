using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.ChatClient.Session;

namespace ThreadedChat.ChatServer.Tests.Client.Editing;

/// <summary>Ctrl-R and the keys that follow it.</summary>
[TestClass]
public sealed class HistorySearchTests
{
    private readonly LineComposer _composer = new(
        new Conversation(TimeProvider.System),
        new LineFramer("Panda").CountMessages,
        ["/join room", "hello Alice", "good morning", "hello Bob", "bye"]);

    [TestMethod]
    public void Each_typed_character_narrows_the_search_and_ctrl_r_finds_older_entries()
    {
        Press(KeyKind.SearchBack);
        Assert.AreEqual(new LineView("Search: ", "", 0), _composer.View);

        Type("h");
        Assert.AreEqual(new LineView("Search: ", "h | hello Bob", 1), _composer.View);
        Type("ello");
        Press(KeyKind.SearchBack);
        Assert.AreEqual(new LineView("Search: ", "hello | hello Alice", 5), _composer.View);
        Press(KeyKind.SearchForward);
        Assert.AreEqual("hello | hello Bob", _composer.View.Text);
    }

    [TestMethod]
    public void A_search_without_a_result_says_so_and_the_last_entry_stays()
    {
        Search("hello ");
        Type("x");
        Assert.AreEqual(new LineView("Not found: ", "hello x | hello Bob", 7), _composer.View);

        Press(KeyKind.DeleteLeft);
        Assert.AreEqual(new LineView("Search: ", "hello  | hello Bob", 6), _composer.View);
        Press(KeyKind.SearchBack);
        Press(KeyKind.SearchBack);
        Assert.AreEqual(new LineView("Not found: ", "hello  | hello Alice", 6), _composer.View);
    }

    [TestMethod]
    [DataRow("HELLO", false)]
    [DataRow("hello al", true)]
    [DataRow("Alice", true)]
    [DataRow("ALICE", false)]
    public void Only_capitals_in_the_query_match_capitals_only(string query, bool isFound)
    {
        Search(query);

        Assert.AreEqual(isFound ? "Search: " : "Not found: ", _composer.View.Prompt);
    }

    [TestMethod]
    public void Enter_sends_the_found_entry()
    {
        Search("join");

        Assert.AreEqual(Pressed.Entered, Press(KeyKind.Enter));
        Assert.AreSequenceEqual(["/join room"], _composer.TakeEntered());
    }

    [TestMethod]
    public void Enter_sends_no_entry_after_a_search_without_a_result()
    {
        Type("half");
        Search("nothing like that");

        Assert.AreEqual(Pressed.Edited, Press(KeyKind.Enter));
        Assert.AreEqual(new LineView("[Me] ", "half", 4), _composer.View);

        Search("hello ");
        Type("x");
        Assert.AreEqual(Pressed.Edited, Press(KeyKind.Enter));
        Assert.AreEqual("hello Bob", _composer.View.Text, "It is shown first, because it does not contain the query.");
    }

    [TestMethod]
    [DataRow(KeyKind.Escape, "hello Bob", 9)]
    [DataRow(KeyKind.Left, "hello Bob", 8)]
    [DataRow(KeyKind.Home, "hello Bob", 0)]
    [DataRow(KeyKind.UnixLineDiscard, "", 0)]
    [DataRow(KeyKind.PreviousHistory, "good morning", 12)]
    [DataRow(KeyKind.NextHistory, "bye", 3)]
    public void Another_key_accepts_the_found_entry_and_then_does_its_work(object key, string text, int cursor)
    {
        Type("half");
        Search("bob");

        Press((KeyKind)key);

        Assert.AreEqual(new LineView("[Me] ", text, cursor), _composer.View);
    }

    [TestMethod]
    public void Ctrl_g_and_ctrl_c_restore_the_typed_text()
    {
        Type("half");
        Press(KeyKind.Left);
        Search("bob");
        Press(KeyKind.Abort);
        Assert.AreEqual(new LineView("[Me] ", "half", 3), _composer.View);

        Search("bob");
        Assert.IsTrue(_composer.TryInterrupt(out bool isCleared));
        Assert.IsFalse(isCleared);
        Assert.AreEqual(new LineView("[Me] ", "half", 3), _composer.View);
    }

    [TestMethod]
    public void The_typed_text_is_still_there_after_the_found_entry()
    {
        Type("half");
        Search("bye");
        Press(KeyKind.Escape);
        Press(KeyKind.NextHistory);

        Assert.AreEqual("half", _composer.View.Text);
    }

    [TestMethod]
    public void Ctrl_r_twice_searches_again_for_the_last_query()
    {
        Search("alice");
        Press(KeyKind.Escape);
        Press(KeyKind.UnixLineDiscard);

        Press(KeyKind.SearchBack);
        Press(KeyKind.SearchBack);

        Assert.AreEqual("Not found: ", _composer.View.Prompt, "The entry is edited: it has no text now.");
        _composer.TryInterrupt(out _);
        Press(KeyKind.Undo);
        Press(KeyKind.SearchBack);
        Press(KeyKind.SearchBack);
        Assert.AreEqual("alice | hello Alice", _composer.View.Text);
    }

    [TestMethod]
    public void Equal_entries_are_shown_once()
    {
        Enter("again");
        Enter("other");
        Enter("again");
        Search("again");

        Press(KeyKind.SearchBack);

        Assert.AreEqual("Not found: ", _composer.View.Prompt);
    }

    [TestMethod]
    public void A_query_has_no_control_characters_and_a_limit()
    {
        Press(KeyKind.SearchBack);
        Press(KeyKind.Paste, "he\tl\e[2J\nlo");
        Assert.AreEqual("he l [2J", _composer.View.Text);

        Type(new string('a', HistorySearch.MaxQuery));
        Assert.AreEqual("he l [2J", _composer.View.Text);
        Press(KeyKind.DeleteLeft);
        Assert.AreEqual("he l [2", _composer.View.Text);
    }

    private void Search(string query)
    {
        Press(KeyKind.SearchBack);
        Type(query);
    }

    private void Enter(string text)
    {
        Type(text);
        Press(KeyKind.Enter);
        _composer.TakeEntered();
    }

    private void Type(string text) => Press(KeyKind.Text, text);

    private Pressed Press(KeyKind kind, string text = "") => _composer.Press(new Key(kind, text));
}
