using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.ChatClient.Session;

namespace ThreadedChat.ChatServer.Tests.Client.Editing;

/// <summary>Texts of several lines that are typed, entries that are edited, and Ctrl-C.</summary>
[TestClass]
public sealed class EditedTextTests
{
    private readonly LineComposer _composer = new(new Conversation(TimeProvider.System), new LineFramer("Panda").CountMessages);

    [TestMethod]
    public void A_typed_text_of_several_lines_is_sent_as_text_and_never_as_a_command()
    {
        Type("/join room");
        Press(KeyKind.NewRow);
        Type("/list");
        Assert.AreEqual(new LineView("[Me 2] ", "/join room\n/list", 16), _composer.View);

        Assert.AreEqual(Pressed.Entered, Press(KeyKind.Enter));

        Assert.AreSequenceEqual([" /join room", " /list"], _composer.TakeEntered());
    }

    [TestMethod]
    public void A_command_with_a_second_empty_line_is_text()
    {
        Type("/join room");
        Press(KeyKind.NewRow);
        Press(KeyKind.Enter);

        Assert.AreSequenceEqual([" /join room", ""], _composer.TakeEntered());
    }

    [TestMethod]
    public void Many_typed_lines_are_sent_only_after_a_yes()
    {
        for (int i = 0; i < LineComposer.MaxLinesUnasked; i++)
        {
            Type("x");
            Press(KeyKind.NewRow);
        }

        Press(KeyKind.Enter);

        Assert.AreEqual("Send these 6 lines? y/n ", _composer.View.Prompt);
    }

    [TestMethod]
    public void Up_and_down_move_inside_the_text_and_at_its_ends_through_the_history()
    {
        Enter("entered");
        Type("one");
        Press(KeyKind.NewRow);
        Type("two");

        Press(KeyKind.PreviousHistory);
        Assert.AreEqual(3, _composer.View.Cursor);
        Press(KeyKind.PreviousHistory);
        Assert.AreEqual("entered", _composer.View.Text);
        Press(KeyKind.NextHistory);
        Assert.AreEqual(new LineView("[Me 2] ", "one\ntwo", 7), _composer.View);
        Press(KeyKind.NextHistory);
        Assert.AreEqual(7, _composer.View.Cursor);
    }

    [TestMethod]
    public void An_edited_entry_keeps_its_edits_and_its_undo_until_enter()
    {
        Enter("one");
        Enter("two");
        Press(KeyKind.PreviousHistory);
        Type("!");
        Press(KeyKind.PreviousHistory);
        Type("?");
        Press(KeyKind.NextHistory);
        Assert.AreEqual("two!", _composer.View.Text);
        Press(KeyKind.Undo);
        Assert.AreEqual("two", _composer.View.Text);
        Press(KeyKind.Redo);
        Assert.AreEqual("two!", _composer.View.Text);

        Press(KeyKind.Enter);
        Assert.AreSequenceEqual(["two!"], _composer.TakeEntered());

        string[] shown = [.. Enumerable.Range(0, 3).Select(_ =>
        {
            Press(KeyKind.PreviousHistory);
            return _composer.View.Text;
        })];
        Assert.AreSequenceEqual(["two!", "two", "one"], shown);
    }

    [TestMethod]
    public void Ctrl_c_clears_the_text_and_undo_brings_it_back()
    {
        Type("half");

        Assert.IsTrue(_composer.TryInterrupt(out bool isCleared));
        Assert.IsTrue(isCleared);
        Assert.AreEqual("", _composer.View.Text);
        Assert.IsFalse(_composer.TryInterrupt(out _), "The program may end.");

        Press(KeyKind.Undo);
        Assert.AreEqual("half", _composer.View.Text);
    }

    [TestMethod]
    public void Ctrl_c_on_an_entry_leaves_the_entry_as_it_was()
    {
        Enter("one");
        Press(KeyKind.PreviousHistory);
        Type("!");

        Assert.IsTrue(_composer.TryInterrupt(out _));

        Press(KeyKind.PreviousHistory);
        Assert.AreEqual("one", _composer.View.Text);
    }

    [TestMethod]
    public void Ctrl_c_answers_the_question_with_no()
    {
        Press(KeyKind.Paste, "1\n2\n3\n4\n5\n6");
        Press(KeyKind.Enter);

        Assert.IsTrue(_composer.TryInterrupt(out bool isCleared));

        Assert.IsFalse(isCleared);
        Assert.AreEqual(new LineView("[Me 6] ", "1\n2\n3\n4\n5\n6", 11), _composer.View);
    }

    [TestMethod]
    public void Several_candidates_of_a_completion_are_one_step_of_undo()
    {
        Type("/");
        Press(KeyKind.Complete);
        Press(KeyKind.Complete);
        Assert.AreEqual("/join ", _composer.View.Text);

        Press(KeyKind.Undo);

        Assert.AreEqual("/", _composer.View.Text);
    }

    [TestMethod]
    public void What_was_killed_in_one_text_is_yanked_in_the_next()
    {
        Type("one");
        Press(KeyKind.UnixLineDiscard);
        Enter("two");
        Press(KeyKind.Yank);

        Assert.AreEqual("one", _composer.View.Text);
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
