using System.Globalization;
using CsCheck;
using ThreadedChat.ChatClient.Editing;

namespace ThreadedChat.ChatServer.Tests.Client.Editing;

/// <summary>Undo and redo, for any edits.</summary>
[TestClass]
public sealed class UndoTests
{
    private static readonly Action<LineEditor>[] Edits =
    [
        editor => editor.MoveLeft(), editor => editor.MoveRight(), editor => editor.MoveWordLeft(), editor => editor.MoveHome(), editor => editor.MoveEnd(),
        editor => editor.TryMoveUp(), editor => editor.TryMoveDown(), editor => editor.DeleteLeft(), editor => editor.DeleteRight(),
        editor => editor.DeleteWordLeft(), editor => editor.DeleteWordRight(), editor => editor.UnixWordRubout(), editor => editor.UnixLineDiscard(),
        editor => editor.KillLine(), editor => editor.Yank(), editor => editor.YankPop(), editor => editor.Clear(),
    ];

    private static readonly Gen<Action<LineEditor>> Edit = Gen.OneOf(
        Gen.OneOf("a", " ", "word", "\u0301", "👩", "🏽", "\u200D", "你", "\n").Select(text => (Action<LineEditor>)(editor => editor.TryInsert(text))),
        Gen.Int[0, Edits.Length - 1].Select(i => Edits[i]));

    [TestMethod]
    public void Undo_leads_back_to_the_first_text_and_redo_to_the_last_one()
    {
        Edit.Array[0, 40].Sample(edits =>
        {
            LineEditor editor = At("first text");
            Array.ForEach(edits, edit => edit(editor));
            string last = editor.Text;

            Repeat(editor.Undo, edits.Length);
            Assert.AreEqual("first text", editor.Text);
            AssertBetweenGraphemes(editor);

            Repeat(editor.Redo, edits.Length);
            Assert.AreEqual(last, editor.Text);
            AssertBetweenGraphemes(editor);
        });
    }

    /// <summary>Compared with a list of all states, in which undo and redo move to and fro.</summary>
    [TestMethod]
    public void Undo_and_redo_move_along_the_recorded_states()
    {
        Gen.Int[0, 5].Array[0, 100].Sample(actions =>
        {
            var log = new UndoLog();
            List<TextState> states = [new TextState("0", 0)];
            int now = 0;
            for (int i = 0; i < actions.Length; i++)
            {
                switch (actions[i])
                {
                    case 0 or 1: // undo
                        Assert.AreEqual(now > 0 ? states[now - 1] : (TextState?)null, log.Undo(states[now]));
                        now = Math.Max(0, now - 1);
                        break;
                    case 2: // redo
                        Assert.AreEqual(now < states.Count - 1 ? states[now + 1] : (TextState?)null, log.Redo(states[now]));
                        now = Math.Min(states.Count - 1, now + 1);
                        break;
                    case 3: // an edit that joins the step before, if there is one
                        log.Note(states[now], joins: true);
                        now = Math.Max(1, now);
                        states = [.. states.Take(now), new TextState($"{i}", i)];
                        break;
                    default:
                        log.Note(states[now], joins: false);
                        states = [.. states.Take(now + 1), new TextState($"{i}", i)];
                        now++;
                        break;
                }
            }
        });
    }

    [TestMethod]
    [DataRow("o|n|e", "", "one", DisplayName = "A word is one step")]
    [DataRow("one| |t|w|o", "one ", "one two", DisplayName = "Each word is a step")]
    [DataRow("one two", "one ", "one two", DisplayName = "Also if all keys arrive together")]
    [DataRow("one| two  three", "one two  ", "one two  three", DisplayName = "Or some of them")]
    public void Undo_removes_typed_text_word_by_word(string typed, string afterOne, string all)
    {
        LineEditor editor = At("");
        Array.ForEach(typed.Split('|'), text => editor.TryInsert(text));
        Assert.AreEqual(all, editor.Text);

        editor.Undo();
        Assert.AreEqual(afterOne, editor.Text);

        editor.Redo();
        Assert.AreEqual(all, editor.Text);
        Assert.AreEqual(all.Length, editor.Cursor);
    }

    [TestMethod]
    public void A_paste_is_a_step_of_its_own()
    {
        LineEditor editor = At("");
        editor.TryInsert("typed");
        editor.TryInsert("pasted", isTyped: false);
        editor.TryInsert("more");

        editor.Undo();
        Assert.AreEqual("typedpasted", editor.Text);
        editor.Undo();
        Assert.AreEqual("typed", editor.Text);
    }

    [TestMethod]
    public void Each_text_has_its_own_steps()
    {
        LineEditor editor = At("one");
        editor.TryInsert("!");
        Draft first = editor.Draft;
        editor.Show(Draft.Of("two"));

        editor.Undo();
        Assert.AreEqual("two", editor.Text);

        editor.Show(first);
        editor.Undo();
        Assert.AreEqual("one", editor.Text);
    }

    [TestMethod]
    public void The_oldest_steps_are_dropped()
    {
        LineEditor editor = At("");
        for (int i = 0; i < UndoLog.MaxSteps + 10; i++)
        {
            editor.TryInsert("a ", isTyped: false);
        }

        Repeat(editor.Undo, UndoLog.MaxSteps + 10);

        Assert.AreEqual(20, editor.Text.Length);
    }

    [TestMethod]
    public void For_long_texts_fewer_steps_are_kept_but_at_least_one()
    {
        LineEditor editor = At(new string('a', LineEditor.MaxLength - 200));
        for (int i = 0; i < 200; i++)
        {
            editor.TryInsert("b", isTyped: false);
        }

        Repeat(editor.Undo, 200);

        Assert.IsInRange(LineEditor.MaxLength - 190, LineEditor.MaxLength - 1, editor.Text.Length);
    }

    private static LineEditor At(string text)
    {
        var editor = new LineEditor();
        editor.Show(Draft.Of(text));
        return editor;
    }

    private static void Repeat(Action action, int times)
    {
        for (int i = 0; i < times; i++)
        {
            action();
        }
    }

    private static void AssertBetweenGraphemes(LineEditor editor)
    {
        int[] starts = StringInfo.ParseCombiningCharacters(editor.Text);
        Assert.IsTrue(editor.Cursor == editor.Text.Length || starts.Contains(editor.Cursor), editor.Text);
    }
}
