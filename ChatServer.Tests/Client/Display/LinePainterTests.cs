using CsCheck;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Client.Display;

/// <summary>The output of the painter on a terminal.</summary>
[TestClass]
public sealed class LinePainterTests
{
    private const string Prompt = PaintedTerminal.Prompt;
    private const string Family = "👨‍👩‍👧";

    // Of one cell, of two, of none; and those that terminals do not agree on.
    private static readonly string[] Certain = ["a", "b", "é", "e\u0301", "你", "好", "ｗ", "\n"];
    private static readonly string[] Uncertain = [Family, "👍🏽", "🇩🇪", "❤️", "😀", "नि"];

    [TestMethod]
    public void A_message_appears_above_the_line_and_the_cursor_stays_in_its_place()
    {
        var screen = new PaintedTerminal(20, 5);
        screen.Draw("half typed", cursor: 4);

        screen.Print("[Alice] hello");

        Assert.AreSequenceEqual(["[Alice] hello", "[Me] half typed"], screen.Terminal.Rows);
        Assert.AreEqual((1, 9), screen.Terminal.Cursor);
    }

    [TestMethod]
    [DataRow("aaaaabbbbb", "[Me] aaaaa|bbbbb", 1, 5, DisplayName = "wraps")]
    [DataRow("aaaaa", "[Me] aaaaa", 1, 0, DisplayName = "fills its row")]
    [DataRow("aaaaaaaaaaaaaaa", "[Me] aaaaa|aaaaaaaaaa", 2, 0, DisplayName = "fills two rows")]
    [DataRow("aaaa你b", "[Me] aaaa|你b", 1, 3, DisplayName = "a wide character that does not fit any more")]
    [DataRow("aaa你b", "[Me] aaa你|b", 1, 1, DisplayName = "a wide character that just fits")]
    [DataRow("e\u0301e\u0301", "[Me] e\u0301e\u0301", 0, 7, DisplayName = "combining marks")]
    [DataRow($"a{Family}b", $"[Me] a{Family}b", 0, 9, DisplayName = "a family")]
    [DataRow($"aaa{Family}b", $"[Me] aaa{Family}|b", 1, 1, DisplayName = "a family at the edge")]
    [DataRow($"aaaa{Family}b", $"[Me] aaaa|{Family}b", 1, 3, DisplayName = "a family that does not fit")]
    [DataRow($"aaa{Family}", $"[Me] aaa{Family}", 1, 0, DisplayName = "a family that fills the row")]
    [DataRow("one\ntwo", "[Me] one|two", 1, 3, DisplayName = "lines")]
    [DataRow("aaaaa\nb", "[Me] aaaaa|b", 1, 1, DisplayName = "a line that fills its row, and another")]
    public void A_line_is_laid_out_as_a_terminal_wraps_it(string text, string rows, int row, int column)
    {
        var screen = new PaintedTerminal(10, 5);

        screen.Draw(text);

        Assert.AreSequenceEqual(rows.Split('|'), screen.Terminal.Rows);
        Assert.AreEqual((row, column), screen.Terminal.Cursor);
    }

    [TestMethod]
    public void A_text_that_begins_with_a_combining_mark_begins_behind_the_prompt()
    {
        var screen = new PaintedTerminal(20, 5);

        screen.Draw("\u0301abc", cursor: 0);

        Assert.AreEqual((0, Prompt.Length), screen.Terminal.Cursor);
        Assert.AreSequenceEqual(["[Me] \u0301abc"], screen.Terminal.Rows);
    }

    [TestMethod]
    public void A_line_typed_character_by_character_wraps_as_one_drawn_at_once()
    {
        var typed = new PaintedTerminal(10, 3);
        for (int length = 0; length <= 50; length++)
        {
            string text = new('a', length);
            var atOnce = new PaintedTerminal(10, 3);

            typed.Draw(text);
            atOnce.Draw(text);

            Assert.AreEqual(atOnce.Terminal.Cursor, typed.Terminal.Cursor);
            Assert.AreSequenceEqual(atOnce.Terminal.Window, typed.Terminal.Window);
        }
    }

    [TestMethod]
    public void At_the_top_row_only_messages_scroll_into_the_history()
    {
        var screen = new PaintedTerminal(20, 3);
        screen.Draw("typed", cursor: 1);

        screen.Draw("typex", cursor: 2);
        screen.Print("a message");

        Assert.AreSequenceEqual(["a message", "[Me] typex"], screen.Terminal.Rows);
    }

    [TestMethod]
    public void On_a_terminal_that_draws_an_emoji_in_pieces_the_rest_keeps_its_place()
    {
        var screen = new PaintedTerminal(20, 5, joinsEmoji: false);

        screen.Draw($"a{Family}b");

        Assert.AreEqual("[Me] a👨\u200Db", screen.Terminal.Rows[0]);
        Assert.AreEqual((0, 9), screen.Terminal.Cursor);
    }

    [TestMethod]
    public void A_character_typed_at_the_end_is_all_that_is_written()
    {
        var painter = new LinePainter(20, 5);
        painter.Draw(new LineView(Prompt, "hel", 3));

        Assert.AreEqual("l", painter.Draw(new LineView(Prompt, "hell", 4)));
        Assert.AreEqual("o you", painter.Draw(new LineView(Prompt, "hello you", 9)));
        Assert.AreEqual("", painter.Draw(new LineView(Prompt, "hello you", 9)));
    }

    [TestMethod]
    public void A_line_taller_than_the_screen_shows_the_rows_around_the_cursor()
    {
        var screen = new PaintedTerminal(10, 3);
        screen.Print("before");
        string text = string.Join('\n', Enumerable.Range(0, 10).Select(i => $"row {i}"));

        screen.Draw(text, cursor: 0);
        Assert.AreSequenceEqual(["[Me] row 0", "row 1", "row 2"], screen.Terminal.Window);
        Assert.AreEqual((0, 5), screen.Terminal.Cursor);

        screen.Draw(text, cursor: text.IndexOf('5', StringComparison.Ordinal));
        Assert.AreSequenceEqual(["row 4", "row 5", "row 6"], screen.Terminal.Window);
        Assert.AreEqual((1, 4), screen.Terminal.Cursor);

        screen.Print("a message");
        Assert.AreSequenceEqual(["before", "a message", "row 4", "row 5", "row 6"], screen.Terminal.Rows);
        Assert.AreEqual((1, 4), screen.Terminal.Cursor);

        screen.Draw(text);
        Assert.AreSequenceEqual(["row 7", "row 8", "row 9"], screen.Terminal.Window);
        Assert.AreEqual((2, 5), screen.Terminal.Cursor);
    }

    [TestMethod]
    public void A_message_longer_than_the_screen_scrolls_above_the_line()
    {
        var screen = new PaintedTerminal(10, 3);
        screen.Draw("abc", cursor: 2);

        screen.Print(new string('m', 55));

        Assert.AreSequenceEqual(
            [new string('m', 10), .. Enumerable.Repeat($"  {new string('m', 8)}", 5), "  mmmmm", "[Me] abc"], screen.Terminal.Lines);
        Assert.AreEqual((2, 7), screen.Terminal.Cursor);
    }

    [TestMethod]
    public void Leaving_the_line_puts_the_cursor_below_its_last_row()
    {
        var screen = new PaintedTerminal(10, 5);
        screen.Draw("aaaaaaaaaaaa", cursor: 1);

        screen.Leave();

        Assert.AreSequenceEqual(["[Me] aaaaa", "aaaaaaa"], screen.Terminal.Rows);
        Assert.AreEqual((2, 0), screen.Terminal.Cursor);
    }

    [TestMethod]
    public void On_a_cleared_screen_only_the_line_is_left()
    {
        var screen = new PaintedTerminal(20, 4);
        screen.Draw("typed");
        screen.Print("a message");

        screen.Clear("typed");

        Assert.AreSequenceEqual(["[Me] typed", "", "", ""], screen.Terminal.Window);
    }

    [TestMethod]
    [TestCategory(SlowTest.Category)]
    public void After_any_typing_messages_and_resizing_the_messages_stand_in_order_and_below_them_the_line() =>
        Check(Certain, resizes: true, joinsEmoji: true);

    [TestMethod]
    [TestCategory(SlowTest.Category)]
    [DataRow(true)]
    [DataRow(false)]
    public void The_same_is_true_with_characters_of_uncertain_width(bool joinsEmoji) =>
        Check([.. Certain, .. Uncertain], resizes: false, joinsEmoji);

    [TestMethod]
    [TestCategory(SlowTest.Category)]
    public void Characters_of_uncertain_width_may_end_a_row_at_a_resize() =>
        Check([.. Certain, .. Uncertain.Except(["नि"])], resizes: true, joinsEmoji: true);

    /// <summary>Random steps, and after each of them a look at the screen.</summary>
    private static void Check(string[] characters, bool resizes, bool joinsEmoji)
    {
        Gen<Step> type = OneOf(characters).Array[1, 30].Select(typed => new Step(Text: string.Concat(typed)));
        Gen<Step> move = Gen.Int[-40, 40].Select(by => new Step(Move: by));
        Gen<Step> print = OneOf("m", "nn ", "你", "o").Array[1, 60].Select(text => new Step(Message: $"<{string.Concat(text)}>"));
        Gen<Step> resize = Gen.Select(Gen.Int[10, 40], Gen.Int[4, 12]).Select(size => new Step(Size: size));
        Gen<Step> step = resizes ? Gen.OneOf(type, move, print, resize) : Gen.OneOf(type, move, print);

        Gen.Select(Gen.Int[10, 40], Gen.Int[4, 12], step.Array[1, 20]).Sample(
            (columns, rows, steps) => Run(columns, rows, steps, joinsEmoji), iter: Rounds.Of(500));
    }

    private static void Run(int columns, int rows, Step[] steps, bool joinsEmoji)
    {
        var screen = new PaintedTerminal(columns, rows, joinsEmoji);
        var editor = new LineEditor();
        var messages = new List<string>();
        screen.Draw("");
        foreach (Step step in steps)
        {
            if (step.Message is { } message)
            {
                messages.Add(message);
                screen.Print(message);
            }
            else if (step.Size is { } size)
            {
                // Behind a row that becomes full there is no cell for the cursor, and terminals differ in where they put
                // it: a row of the line may be left behind. Any other place is sure.
                if (IsOnLineBreak(editor.Text, editor.Cursor))
                {
                    editor.MoveRight();
                    editor.TryInsert("x");
                    editor.MoveLeft();
                    screen.Draw(editor.Text, editor.Cursor);
                }

                var before = new LineLayout(new LineView(Prompt, editor.Text, editor.Cursor), columns);
                bool wasTooTall = before.RowCount > rows;
                (columns, rows) = size;
                screen.Resize(columns, rows);
                screen.Settle();
                if (wasTooTall || before.Rewrapped(columns).RowCount > rows)
                {
                    return; // some of it has left the window, and nobody can take it back
                }

                if (IsAmbiguous(before.Cursor, before.Rewrapped(columns).Cursor, columns))
                {
                    return; // then a row of the line may be left behind
                }
            }
            else
            {
                editor.TryInsert(step.Text);
                Move(editor, step.Move);
                screen.Draw(editor.Text, editor.Cursor);
            }

            var line = new LineLayout(new LineView(Prompt, editor.Text, editor.Cursor), columns);
            if (line.RowCount > rows)
            {
                return; // of that one there is a test above
            }

            MustShow(screen.Terminal, messages, line, joinsEmoji);
        }
    }

    /// <summary>True if the cursor's column is the same on a terminal that wraps its lines again and on one that truncates its rows, but the row is not.</summary>
    private static bool IsAmbiguous((int Row, int Column) before, (int Row, int Column) wrapped, int columns) =>
        before.Row != wrapped.Row && Math.Min(before.Column, columns - 1) == wrapped.Column;

    private static void Move(LineEditor editor, int by)
    {
        for (int i = 0; i < Math.Abs(by); i++)
        {
            if (by < 0)
            {
                editor.MoveLeft();
            }
            else
            {
                editor.MoveRight();
            }
        }
    }

    private static void MustShow(FakeTerminal terminal, List<string> messages, LineLayout line, bool joinsEmoji)
    {
        int first = Array.FindIndex(terminal.Lines, row => row.StartsWith(Prompt.TrimEnd(), StringComparison.Ordinal));
        Assert.AreEqual(OneRow(string.Concat(messages)), OneRow(string.Concat(terminal.Lines.Take(first))), "The messages, in order.");
        Assert.AreEqual(line.Cursor, (terminal.CursorRowIn(first), terminal.Cursor.Column), "The cursor in its place.");
        if (joinsEmoji && !IsOnLineBreak(line.Line.Text, line.Line.Cursor)) // behind a full row there is no cell for that: it is shown in the last one
        {
            Assert.AreEqual(OneRow(Prompt + line.Line.Text), OneRow(string.Concat(terminal.Lines.Skip(first))), "Below them the line.");
            Assert.AreEqual(OneRow(Prompt + line.Line.Text[..line.Line.Cursor]), OneRow(terminal.BeforeCursor(first)), "The cursor is behind the text before it.");
        }
    }

    private static bool IsOnLineBreak(string text, int cursor) => cursor < text.Length && text[cursor] == '\n';

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    /// <summary>Without line breaks, nor spaces: a terminal does not show those at the end of a row.</summary>
    private static string OneRow(string text) => string.Concat(text.Split([' ', '\n']));

    /// <summary>Typing, moving, or one of the others.</summary>
    private sealed record Step(string Text = "", int Move = 0, string? Message = null, (int Columns, int Rows)? Size = null);
}
