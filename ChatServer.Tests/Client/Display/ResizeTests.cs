using CsCheck;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Client.Display;

/// <summary>
/// The window gets another size while a line is typed, on terminals that wrap their lines again, that truncate their rows, and
/// that do not report their cursor position.
/// </summary>
[TestClass]
public sealed class ResizeTests
{
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void On_a_terminal_that_cuts_off_its_rows_the_messages_stay_when_it_becomes_narrower(bool answers)
    {
        var screen = new PaintedTerminal(80, 24, wrapsAnew: false, answers: answers);
        Array.ForEach(["[Al] one", "[Al] two", "[Al] three"], screen.Print);
        screen.Draw(new string('x', 75));

        screen.Resize(45, 24);
        screen.Settle();

        Assert.AreSequenceEqual(
            ["[Al] one", "[Al] two", "[Al] three", $"[Me] {new string('x', 40)}", new string('x', 35)], screen.Terminal.Rows);
        Assert.AreEqual((4, 35), screen.Terminal.Cursor);
    }

    [TestMethod]
    [DataRow("yyyyyyyyyyyyyy", 30)]
    [DataRow("yyyyyyyyyyyy你", 30)]
    [DataRow("yyyyyyyyyyyyyy", 60)]
    [DataRow("yyyyyyyyyyyyyy", 13)]
    public void Nothing_above_is_erased_when_the_cursor_was_behind_a_full_row(string fullRow, int columns)
    {
        var screen = new PaintedTerminal(14, 10);
        Array.ForEach(["[Al] one", "[Al] two"], screen.Print);
        string before = $"{new string('x', 20)}\n{fullRow}";
        screen.Draw($"{before}\nend", before.Length);

        screen.Resize(columns, 10);
        screen.Settle();

        Assert.AreSequenceEqual(["[Al] one", "[Al] two"], screen.Terminal.Rows.Take(2));
        Assert.AreSequenceEqual([$"[Me] {new string('x', 20)}", fullRow, "end"], screen.Terminal.Lines.Skip(2));
    }

    [TestMethod]
    [DataRow(20, 50)]
    [DataRow(20, 33)]
    [DataRow(50, 20)]
    public void The_messages_stay_when_the_terminal_has_a_size_that_the_client_does_not_know_yet(int known, int columns)
    {
        var screen = new PaintedTerminal(known, 10);
        Array.ForEach(["[Al] one", "[Al] two"], screen.Print);
        screen.Draw("12345678901234567890123 and so on");
        screen.Terminal.Resize(columns, 10);

        screen.HearOfSize(known, 10); // late: of the resize before
        screen.Settle();
        screen.HearOfSize(columns, 10);
        screen.Settle();

        Assert.AreSequenceEqual(["[Al] one", "[Al] two"], screen.Terminal.Lines.Take(2));
        Assert.EndsWith("[Me] 12345678901234567890123 and so on", screen.Terminal.Lines[^1]); // a row of the old line may remain
    }

    [TestMethod]
    public void Until_the_terminal_answers_the_output_is_held_back()
    {
        var screen = new PaintedTerminal(40, 10);
        screen.Print("one");
        screen.Draw("half typed");

        screen.Resize(30, 10);
        screen.Print("two");
        screen.Draw("half typed!");
        Assert.AreSequenceEqual(["one", "[Me] half typed"], screen.Terminal.Rows);

        screen.Settle();
        Assert.AreSequenceEqual(["one", "two", "[Me] half typed!"], screen.Terminal.Rows);
    }

    [TestMethod]
    public void An_answer_to_an_earlier_question_does_not_count()
    {
        var painter = new LinePainter(80, 24);
        painter.Draw(new LineView(PaintedTerminal.Prompt, "x", 1));

        Assert.AreEqual("\e[6n", painter.Resize(60, 24));
        Assert.AreEqual("\e[6n", painter.Resize(50, 24));

        Assert.AreEqual("", painter.CursorIs(6));
        Assert.IsTrue(painter.IsAsking);
        Assert.AreNotEqual("", painter.CursorIs(6));
        Assert.IsFalse(painter.IsAsking);
        Assert.AreEqual("", painter.CursorIs(6), "F3 looks like an answer");
    }

    [TestMethod]
    public void After_a_missing_answer_the_screen_does_not_wait_again_until_one_arrives()
    {
        var painter = new LinePainter(80, 24);
        painter.Draw(new LineView(PaintedTerminal.Prompt, "x", 1));
        painter.Resize(60, 24);
        Assert.AreNotEqual("", painter.GiveUp());

        Assert.AreNotEqual("\e[6n", painter.Resize(50, 24));
        Assert.IsFalse(painter.IsAsking);

        Assert.AreEqual("", painter.CursorIs(6));
        Assert.AreEqual("", painter.CursorIs(6));
        Assert.AreEqual("\e[6n", painter.Resize(40, 24));
        Assert.IsTrue(painter.IsAsking);
    }

    [TestMethod]
    public void The_end_of_the_program_does_not_wait_for_an_answer()
    {
        var screen = new PaintedTerminal(40, 10);
        screen.Draw("half typed");
        screen.Resize(30, 10);
        screen.Print("two");

        screen.Leave();

        Assert.AreSequenceEqual(["two", "[Me] half typed"], screen.Terminal.Rows);
        Assert.AreEqual((2, 0), screen.Terminal.Cursor);
    }

    [TestMethod]
    [TestCategory(SlowTest.Category)]
    [DataRow(true, true)]
    [DataRow(true, false)]
    [DataRow(false, true)]
    [DataRow(false, false)]
    public void No_row_of_a_message_is_erased_and_the_line_is_drawn_correctly(bool wrapsAnew, bool answers)
    {
        Gen<Step> type = OneOf("a", "bbbbb", "你好", "é", "c d ", "\n").Array[1, 20].Select(typed => new Step(Text: string.Concat(typed)));
        Gen<Step> move = Gen.Int[-60, 60].Select(by => new Step(Move: by));
        Gen<Step> print = Gen.Int[1, 70].Select(length => new Step(Message: $"<{new string('m', length)}>"));
        Gen<Step> settle = Gen.Const(new Step(Settles: true));
        Gen<(int, int)> size = Gen.Select(Gen.Int[10, 60], Gen.Int[3, 12]);

        // As a dragged edge does it: in one direction, so fast that only the last size is heard of. Run leaves out a width that is
        // not on the way: a terminal that was narrower in between, without a word, may answer as one that wraps its rows anew.
        Gen<Step> resize = Gen.Select(size.Array[1, 3], Gen.Bool).Select(
            (sizes, grows) => new Step(Sizes: [.. sizes.OrderBy(one => grows ? one.Item1 : -one.Item1)]));

        Gen.Select(size, Gen.OneOf(type, move, print, settle, resize).Array[1, 25]).Sample(
            (first, steps) => Run(first, steps, wrapsAnew, answers), iter: Rounds.Of(1000));
    }

    private static void Run((int Columns, int Rows) size, Step[] steps, bool wrapsAnew, bool answers)
    {
        var screen = new PaintedTerminal(size.Columns, size.Rows, wrapsAnew: wrapsAnew, answers: answers);
        var editor = new LineEditor();
        string printed = "";
        string seen = ""; // what has come to the screen, in the order in which it did
        screen.Draw("");
        foreach (Step step in steps.Append(new Step(Settles: true)))
        {
            printed += step.Message;
            if (step.Sizes is { } sizes)
            {
                (int start, int end) = (size.Columns, sizes[^1].Columns);
                foreach ((int columns, int rows) in sizes.Where(one => IsBetween(one.Columns, start, end)))
                {
                    screen.Terminal.Resize(columns, rows);
                }

                size = sizes[^1];
            }

            string before = Said(screen.Terminal);
            Paint(screen, editor, step);
            string after = Said(screen.Terminal);

            Assert.StartsWith(before, after, "The messages stay.");
            seen += after[before.Length..];
            Assert.StartsWith(seen, printed);
            if (step.Settles)
            {
                Assert.AreEqual(printed, seen, "All output has arrived on the screen.");
                MustEndInLine(screen.Terminal, editor, size);
            }
        }
    }

    private static void Paint(PaintedTerminal screen, LineEditor editor, Step step)
    {
        if (step.Sizes is { } sizes)
        {
            screen.HearOfSize(sizes[^1].Columns, sizes[^1].Rows);
        }
        else if (step.Message is { } message)
        {
            screen.Print(message);
        }
        else if (step.Settles)
        {
            screen.Settle();
        }
        else
        {
            editor.TryInsert(step.Text);
            for (int i = 0; i < Math.Abs(step.Move); i++)
            {
                (step.Move < 0 ? (Action)editor.MoveLeft : editor.MoveRight)();
            }

            screen.Draw(editor.Text, editor.Cursor);
        }
    }

    /// <summary>The screen ends as one does on which nothing but the line was ever drawn.</summary>
    private static void MustEndInLine(FakeTerminal terminal, LineEditor editor, (int Columns, int Rows) size)
    {
        var alone = new PaintedTerminal(size.Columns, size.Rows);
        alone.Draw(editor.Text, editor.Cursor);
        string[] rows = alone.Terminal.Rows;
        Assert.AreSequenceEqual(rows, terminal.Rows.TakeLast(rows.Length), "At the end is the line.");
        Assert.AreEqual(alone.Terminal.Cursor.Column, terminal.Cursor.Column, "The cursor is in its place.");
    }

    private static bool IsBetween(int value, int one, int other) => value >= Math.Min(one, other) && value <= Math.Max(one, other);

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    /// <summary>The part of the messages on the screen or above it: these characters are never typed.</summary>
    private static string Said(FakeTerminal terminal) =>
        string.Concat(terminal.Rows.SelectMany(row => row).Where(character => character is 'm' or '<' or '>'));

    private sealed record Step(
        string Text = "", int Move = 0, string? Message = null, bool Settles = false, (int Columns, int Rows)[]? Sizes = null);
}
