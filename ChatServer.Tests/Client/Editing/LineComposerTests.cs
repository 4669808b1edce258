using System.Text;
using CsCheck;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.ChatClient.Session;

namespace ThreadedChat.ChatServer.Tests.Client.Editing;

[TestClass]
public sealed class LineComposerTests
{
    private readonly Conversation _conversation = new(TimeProvider.System);
    private readonly LineComposer _composer;

    public LineComposerTests() => _composer = new LineComposer(_conversation, new LineFramer("Panda").CountMessages);

    [TestMethod]
    public void Typed_text_is_shown_and_then_entered()
    {
        Type("hello");
        Press(KeyKind.Left);
        Assert.AreEqual(new LineView("[Me] ", "hello", 4), _composer.View);

        Assert.AreEqual(Pressed.Entered, Press(KeyKind.Enter));

        Assert.AreSequenceEqual(["hello"], _composer.TakeEntered());
        Assert.AreEqual(new LineView("[Me] ", "", 0), _composer.View);
    }

    [TestMethod]
    public void The_up_key_shows_an_entered_line_again()
    {
        Enter("one");
        Enter("two");
        Type("half");

        Press(KeyKind.PreviousHistory);
        Press(KeyKind.PreviousHistory);
        Assert.AreEqual("one", _composer.View.Text);
        Press(KeyKind.NextHistory);
        Press(KeyKind.NextHistory);
        Assert.AreEqual("half", _composer.View.Text);
    }

    [TestMethod]
    public void Ctrl_d_deletes_to_the_right_and_ends_the_input_only_on_an_empty_line()
    {
        Type("ab");
        Press(KeyKind.Home);

        Assert.AreEqual(Pressed.Edited, Press(KeyKind.DeleteOrEnd));
        Assert.AreEqual("b", _composer.View.Text);
        Assert.AreEqual(Pressed.Edited, Press(KeyKind.DeleteOrEnd));
        Assert.AreEqual(Pressed.Ended, Press(KeyKind.DeleteOrEnd));
    }

    [TestMethod]
    [DataRow(192, "[Me] ")]
    [DataRow(193, "[Me 2] ")]
    [DataRow(384, "[Me 2] ")]
    [DataRow(385, "[Me 3] ")]
    public void The_prompt_shows_when_a_text_needs_more_than_one_message(int length, string prompt)
    {
        Type(new string('a', length)); // "[Panda] " takes 8 of 200

        Assert.AreEqual(prompt, _composer.View.Prompt);
    }

    [TestMethod]
    public void A_command_is_never_more_than_one_message()
    {
        Type($"/join {new string('a', 300)}");

        Assert.AreEqual("[Me] ", _composer.View.Prompt);
    }

    [TestMethod]
    public void A_paste_of_five_lines_is_typed_text_until_it_is_entered()
    {
        Press(KeyKind.Paste, "1\n2\n3\n4\n5\n"); // the last line break is not a sixth line
        Assert.AreEqual(new LineView("[Me 5] ", "1\n2\n3\n4\n5", 9), _composer.View);

        Assert.AreEqual(Pressed.Entered, Press(KeyKind.Enter));

        Assert.AreSequenceEqual(["1", "2", "3", "4", "5"], _composer.TakeEntered());
    }

    [TestMethod]
    public void More_lines_are_sent_only_after_a_yes()
    {
        Press(KeyKind.Paste, "1\n2\n3\n4\n5\n6");

        Assert.AreEqual(Pressed.Edited, Press(KeyKind.Enter));
        Assert.AreEqual(new LineView("Send these 6 lines? y/n ", "", 0), _composer.View);
        Assert.AreEqual(Pressed.Edited, Press(KeyKind.Enter), "Enter is no answer: it may be one too many.");
        Assert.AreEqual(Pressed.Entered, Press(KeyKind.Text, "y"));

        Assert.HasCount(6, _composer.TakeEntered());
        Assert.AreEqual("", _composer.View.Text);
    }

    [TestMethod]
    [DataRow("yes")]
    [DataRow("Y")]
    [DataRow("yyy")]
    [DataRow(" yes please")]
    public void The_first_letter_is_the_answer_even_if_several_arrive_together(string answer)
    {
        Press(KeyKind.Paste, "1\n2\n3\n4\n5\n6");
        Press(KeyKind.Enter);

        Assert.AreEqual(Pressed.Entered, Press(KeyKind.Text, answer));

        Assert.HasCount(6, _composer.TakeEntered());
        Assert.AreEqual("", _composer.View.Text);
    }

    [TestMethod]
    [DataRow("", DisplayName = "The first letter alone, and Enter")]
    [DataRow("|e|s")]
    [DataRow("ES")]
    [DataRow("|es")]
    public void The_rest_of_the_word_yes_is_not_text(string rest)
    {
        Press(KeyKind.Paste, "1\n2\n3\n4\n5\n6");
        Press(KeyKind.Enter);
        string[] keys = $"y{rest}".Split('|');
        Assert.AreEqual(Pressed.Entered, Press(KeyKind.Text, keys[0]));
        _composer.TakeEntered();

        Array.ForEach(keys[1..], Type);
        Assert.AreEqual(Pressed.Edited, Press(KeyKind.Enter));

        Assert.AreEqual(new LineView("[Me] ", "", 0), _composer.View);
        Assert.AreEqual(Pressed.Entered, Press(KeyKind.Enter), "The next Enter is one of its own.");
    }

    [TestMethod]
    [DataRow("no")]
    [DataRow("n|o")]
    [DataRow("N")]
    public void The_rest_of_the_word_no_changes_nothing_and_does_not_repeat_the_question(string answer)
    {
        Press(KeyKind.Paste, "1\n2\n3\n4\n5\n6");
        Press(KeyKind.Enter);

        Array.ForEach(answer.Split('|'), Type);
        Press(KeyKind.Enter);

        Assert.AreEqual("1\n2\n3\n4\n5\n6", _composer.View.Text);
        Press(KeyKind.Enter);
        Assert.AreEqual("Send these 6 lines? y/n ", _composer.View.Prompt);
    }

    [TestMethod]
    [DataRow("e|s|pecially", "especially")]
    [DataRow("es| is", "es is")]
    [DataRow("e", "e")]
    [DataRow("hello", "hello")]
    public void Text_that_begins_like_the_rest_of_an_answer_is_text(string typed, string entered)
    {
        Press(KeyKind.Paste, "1\n2\n3\n4\n5\n6");
        Press(KeyKind.Enter);
        Type("y");
        _composer.TakeEntered();

        Array.ForEach(typed.Split('|'), Type);

        Assert.AreEqual(Pressed.Entered, Press(KeyKind.Enter));
        Assert.AreSequenceEqual([entered], _composer.TakeEntered());
    }

    [TestMethod]
    [DataRow(KeyKind.Text, "maybe")]
    [DataRow(KeyKind.Text, "1")]
    [DataRow(KeyKind.Text, "ä")]
    [DataRow(KeyKind.Paste, "yes")]
    [DataRow(KeyKind.Left, "")]
    public void Another_key_is_not_taken_for_an_answer(object kind, string text)
    {
        Press(KeyKind.Paste, "1\n2\n3\n4\n5\n6");
        Press(KeyKind.Enter);

        Assert.AreEqual(Pressed.Edited, Press((KeyKind)kind, text));

        Assert.AreEqual("Send these 6 lines? y/n ", _composer.View.Prompt);
    }

    [TestMethod]
    [DataRow("// comment\n/join dev2\n code /x\n/", " // comment| /join dev2| code /x| /")]
    [DataRow("/list\n", "/list", DisplayName = "One line alone is seen, and entered by hand")]
    [DataRow("/join x", "/join x")]
    [DataRow("one\n\t/list", "one| /list", DisplayName = "A tab is a space already")]
    [DataRow("one\n\u202E/list", "one| /list", DisplayName = "An invisible character does not hide a command")]
    public void A_paste_of_several_lines_contains_no_command(string pasted, string entered)
    {
        Press(KeyKind.Paste, pasted);
        Press(KeyKind.Enter);

        Assert.AreEqual(entered, string.Join('|', _composer.TakeEntered()));
    }

    [TestMethod]
    public void A_paste_of_several_lines_contains_no_command_from_the_history_or_after_typed_text()
    {
        Type("/join dev");
        Press(KeyKind.Paste, "\n/join dev2");
        Press(KeyKind.Enter);
        Assert.AreSequenceEqual([" /join dev", " /join dev2"], _composer.TakeEntered());

        Press(KeyKind.PreviousHistory);
        Press(KeyKind.Enter);
        Assert.AreSequenceEqual([" /join dev", " /join dev2"], _composer.TakeEntered());
    }

    [TestMethod]
    public void For_any_input_of_the_terminal_a_text_of_several_lines_contains_no_command()
    {
        Gen.OneOf("a", "/", "/join x", " ", "\n", "\t", "\u202E", "\r", "\e", "\e[200~", "\e[201~", "\e[A", "\e[B", "\e[D", "\x01", "\x05", "\x17", "\x19", "\t", "\x04", "y")
            .Array[0, 60].Sample(parts =>
            {
                var composer = new LineComposer(new Conversation(TimeProvider.System), new LineFramer("Panda").CountMessages);
                foreach (Key key in new KeyParser().Parse(Encoding.UTF8.GetBytes(string.Concat(parts))))
                {
                    if (composer.Press(key) == Pressed.Entered)
                    {
                        string[] lines = composer.TakeEntered();
                        Assert.IsTrue(lines.Length == 1 || !lines.Any(line => line.StartsWith('/')), string.Join('|', lines));
                        Assert.DoesNotContain(line => line.Any(char.IsControl), lines);
                    }

                    _ = composer.View;
                }
            });
    }

    [TestMethod]
    public void The_prompt_counts_the_messages_of_such_a_line()
    {
        Press(KeyKind.Paste, $"one\n/{new string('a', 191)}"); // with the space one more than fits

        Assert.AreEqual("[Me 3] ", _composer.View.Prompt);
    }

    [TestMethod]
    [DataRow(KeyKind.Text, "n")]
    [DataRow(KeyKind.Text, "no")]
    [DataRow(KeyKind.Text, "NO!")]
    [DataRow(KeyKind.Escape, "")]
    public void After_the_answer_no_the_text_can_be_edited(object kind, string text)
    {
        Press(KeyKind.Paste, "1\n2\n3\n4\n5\n6");
        Press(KeyKind.Enter);

        Assert.AreEqual(Pressed.Edited, Press((KeyKind)kind, text));

        Assert.AreEqual(new LineView("[Me 6] ", "1\n2\n3\n4\n5\n6", 11), _composer.View);
    }

    [TestMethod]
    public void A_paste_that_is_too_long_is_ignored_as_a_whole()
    {
        Type("before");

        Assert.AreEqual(Pressed.TooLong, Press(KeyKind.Paste, new string('a', LineEditor.MaxLength)));

        Assert.AreEqual("before", _composer.View.Text);
    }

    [TestMethod]
    public void Characters_that_act_on_a_terminal_are_not_text()
    {
        Press(KeyKind.Paste, "a\tb\e[2Jc\u202Ed\u009Be");

        Assert.AreEqual("a b [2Jcde", _composer.View.Text);
    }

    [TestMethod]
    [DataRow("/c", "/create ")]
    [DataRow("/l", "/list")]
    [DataRow("/x", "/x")]
    [DataRow("/join r", "/join room")]
    [DataRow("/create ROO", "/create room")]
    [DataRow("hi A", "hi Alice ")]
    [DataRow("al", "Alice: ")]
    [DataRow("", "Alice: ")]
    [DataRow("ro", "room ", DisplayName = "A channel is not spoken to")]
    [DataRow("in ro", "in room ")]
    [DataRow("nobody", "nobody")]
    [DataRow("x /jo", "x /jo")]
    [DataRow("bob s", "Bob Smith: ")]
    [DataRow("dear Bob ", "dear Bob Smith ")]
    [DataRow("Alice b", "Alice Bob Smith ")]
    [DataRow("bob x", "bob x")]
    [DataRow("x /s", "x /slash ")]
    [DataRow("/sl", "/sl")]
    [DataRow("/s", "/search ")]
    public void Tab_completes_commands_channels_and_names(string typed, string completed)
    {
        _conversation.NoteReceived(new ReceivedText("[/slash] hi"));
        _conversation.NoteReceived(new ReceivedText("[Bob Smith] hi"));
        _conversation.NoteReceived(new ReceivedText("[Alice] hi"));
        _conversation.Connected(1);
        _conversation.Typed("/join room", new LineFramer("Panda").Next(new LinePart("/join room", EndsLine: true)));
        _conversation.Next();
        Type(typed);

        Press(KeyKind.Complete);

        Assert.AreEqual(completed, _composer.View.Text);
        Assert.AreEqual(completed.Length, _composer.View.Cursor);
    }

    [TestMethod]
    public void Further_tabs_show_all_candidates_the_latest_first()
    {
        _conversation.NoteReceived(new ReceivedText("[Ann] hi"));
        _conversation.NoteReceived(new ReceivedText("Andy has joined"));
        Type("hi an!");
        Press(KeyKind.Left);

        Press(KeyKind.Complete);
        Assert.AreEqual("hi Andy !", _composer.View.Text);
        Press(KeyKind.Complete);
        Assert.AreEqual("hi Ann !", _composer.View.Text);
        Press(KeyKind.Complete);
        Assert.AreEqual("hi Andy !", _composer.View.Text);
        Press(KeyKind.CompleteBack);
        Assert.AreEqual("hi Ann !", _composer.View.Text);
    }

    [TestMethod]
    public void At_the_start_of_a_line_no_name_that_looks_like_a_command_is_offered()
    {
        _conversation.NoteReceived(new ReceivedText("[/list] hi"));
        Press(KeyKind.Complete);
        Assert.AreEqual("", _composer.View.Text);

        _conversation.NoteReceived(new ReceivedText("[Alice] hi"));
        _conversation.NoteReceived(new ReceivedText("[/list] hi"));
        Press(KeyKind.Complete);
        Assert.AreEqual("Alice: ", _composer.View.Text);
    }

    [TestMethod]
    public void A_completion_never_makes_the_text_too_long()
    {
        _conversation.NoteReceived(new ReceivedText("[Alice] hi"));
        string text = new string('a', LineEditor.MaxLength - 6) + " al"; // "Alice " needs three more
        Type(text);

        Press(KeyKind.Complete);
        Assert.AreEqual(text, _composer.View.Text);

        Press(KeyKind.Home);
        Press(KeyKind.DeleteRight);
        Press(KeyKind.End);
        Press(KeyKind.Complete);
        Assert.EndsWith(" Alice ", _composer.View.Text);
        Assert.AreEqual(LineEditor.MaxLength, _composer.View.Text.Length);
    }

    [TestMethod]
    public void After_another_key_a_tab_starts_a_new_completion()
    {
        _conversation.NoteReceived(new ReceivedText("[Alice] hi"));
        Type("al");
        Press(KeyKind.Complete);
        Type("a");

        Press(KeyKind.Complete);

        Assert.AreEqual("Alice: Alice ", _composer.View.Text);
    }

    private void Type(string text) => Press(KeyKind.Text, text);

    private void Enter(string text)
    {
        Type(text);
        Press(KeyKind.Enter);
        _composer.TakeEntered();
    }

    private Pressed Press(KeyKind kind, string text = "") => _composer.Press(new Key(kind, text));
}
