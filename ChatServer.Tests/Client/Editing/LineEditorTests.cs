using System.Diagnostics;
using System.Globalization;
using CsCheck;
using ThreadedChat.ChatClient.Editing;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Client.Editing;

/// <summary>In the tables the cursor is a <c>|</c>.</summary>
[TestClass]
public sealed class LineEditorTests
{
    private static readonly Dictionary<string, Action<LineEditor>> Edits = new()
    {
        ["left"] = editor => editor.MoveLeft(),
        ["right"] = editor => editor.MoveRight(),
        ["word left"] = editor => editor.MoveWordLeft(),
        ["word right"] = editor => editor.MoveWordRight(),
        ["home"] = editor => editor.MoveHome(),
        ["end"] = editor => editor.MoveEnd(),
        ["delete left"] = editor => editor.DeleteLeft(),
        ["delete right"] = editor => editor.DeleteRight(),
        ["delete word left"] = editor => editor.DeleteWordLeft(),
        ["delete word right"] = editor => editor.DeleteWordRight(),
        ["delete to space"] = editor => editor.UnixWordRubout(),
        ["delete to start"] = editor => editor.UnixLineDiscard(),
        ["delete to end"] = editor => editor.KillLine(),
        ["put back"] = editor => editor.Yank(),
        ["the one before"] = editor => editor.YankPop(),
        ["up"] = editor => editor.TryMoveUp(),
        ["down"] = editor => editor.TryMoveDown(),
        ["undo"] = editor => editor.Undo(),
        ["redo"] = editor => editor.Redo(),
    };

    [TestMethod]
    [DataRow("ab|c", "left", "a|bc")]
    [DataRow("|abc", "left", "|abc")]
    [DataRow("a👨‍👩‍👧|c", "left", "a|👨‍👩‍👧c")]
    [DataRow("ae\u0301|", "left", "a|e\u0301")]
    [DataRow("a|bc", "right", "ab|c")]
    [DataRow("abc|", "right", "abc|")]
    [DataRow("|🇩🇪🇫🇷", "right", "🇩🇪|🇫🇷")]
    [DataRow("one two-three|", "word left", "one two-|three")]
    [DataRow("one two  |three", "word left", "one |two  three")]
    [DataRow("|one", "word left", "|one")]
    [DataRow("one| two three", "word right", "one two| three")]
    [DataRow("größe| x", "word left", "|größe x")]
    [DataRow("one two|", "word right", "one two|")]
    [DataRow("one two|", "home", "|one two")]
    [DataRow("|one two", "end", "one two|")]
    [DataRow("one\ntw|o", "home", "one\n|two")]
    [DataRow("o|ne\ntwo", "end", "one|\ntwo")]
    [DataRow("one|", "delete left", "on|")]
    [DataRow("|one", "delete left", "|one")]
    [DataRow("a👍🏽|b", "delete left", "a|b")]
    [DataRow("ae\u0301\u0302|b", "delete left", "a|b")]
    [DataRow("a|❤️b", "delete right", "a|b")]
    [DataRow("a|", "delete right", "a|")]
    [DataRow("one two-three|", "delete word left", "one two-|")]
    [DataRow("one two-three|", "delete to space", "one |")]
    [DataRow("one  | two", "delete to space", "| two")]
    [DataRow("one |two three", "delete word right", "one | three")]
    [DataRow("one |two", "delete to start", "|two")]
    [DataRow("one |two", "delete to end", "one |")]
    [DataRow("a\nb |c\nd", "delete to start", "a\n|c\nd")]
    [DataRow("a\nb |c\nd", "delete to end", "a\nb |\nd")]
    [DataRow("a\n|b", "delete to start", "a|b")]
    [DataRow("a|\nb", "delete to end", "a|b")]
    [DataRow("one |two", "delete to end, home, put back", "two|one ")]
    [DataRow("one two|", "delete word left, delete left, put back", "onetwo|")]
    [DataRow("one|", "put back", "one|")]
    [DataRow("one two three|", "delete to space, delete to space, put back", "one two three|")]
    [DataRow("one two three|", "delete word left, delete word left, home, put back", "two three|one ")]
    [DataRow("|one two three", "delete word right, delete word right, put back, put back", "one twoone two| three")]
    [DataRow("one |two three", "delete word right, delete to end, put back", "one two three|")]
    [DataRow("one |two", "delete to start, delete to end, put back", "one two|")]
    [DataRow("one |two", "delete to end, delete to start, put back", "one two|")]
    [DataRow("one two |three", "delete word left, delete word right, delete to start, put back", "one two three|")]
    [DataRow("a\n|b", "delete to start, delete to start, put back", "a\n|b")]
    [DataRow("one two|", "delete word left, delete to end, delete word left, put back", "one two|", DisplayName = "Nothing to delete changes nothing")]
    [DataRow("one two|", "delete word left, left, right, delete word left, put back", "one |", DisplayName = "A move begins anew")]
    [DataRow("one two|", "delete word left, delete left, delete word left, put back", "one|", DisplayName = "So does a character")]
    [DataRow("one two|", "delete word left, put back, delete word left, delete word left, put back", "one two|", DisplayName = "And putting back")]
    [DataRow("one two|", "delete word left, end, delete word left, put back, the one before", "two|", DisplayName = "The kill before the last")]
    [DataRow("one two|", "delete word left, end, delete word left, put back, the one before, the one before", "one |", DisplayName = "And round")]
    [DataRow("one two|", "delete word left, end, delete word left, put back, left, the one before", "one| ", DisplayName = "Only directly after a yank")]
    [DataRow("one two|", "delete word left, the one before", "one |", DisplayName = "Not without a yank")]
    [DataRow("one two|", "delete word left, put back, put back, the one before", "one twotwo|", DisplayName = "One kill is its own next one")]
    [DataRow("one two|", "delete word left, end, delete word left, put back, the one before, put back", "twotwo|", DisplayName = "The next yank stays with the chosen one")]
    [DataRow("one\ntwo|", "up", "one|\ntwo")]
    [DataRow("one\nt|wo", "up", "o|ne\ntwo")]
    [DataRow("one\nt|wo", "up, up", "o|ne\ntwo")]
    [DataRow("o|ne\ntwo", "down", "one\nt|wo")]
    [DataRow("long l|ine\n\nanother one", "down, down", "long line\n\nanothe|r one", DisplayName = "The column is kept across a short line")]
    [DataRow("long l|ine\n\nanother one", "down, left, down", "long line\n|\nanother one", DisplayName = "Up to another move")]
    [DataRow("👨‍👩‍👧👍🏽|x\nabc", "down", "👨‍👩‍👧👍🏽x\nab|c", DisplayName = "By characters as they are seen")]
    [DataRow("one two|", "delete word left, undo", "one two|")]
    [DataRow("one two|", "delete word left, undo, redo", "one |")]
    [DataRow("one two|", "delete left, delete left, undo", "one two|", DisplayName = "Characters deleted in a row are one step")]
    [DataRow("one two|", "delete left, home, delete right, undo", "|one tw", DisplayName = "Up to a move")]
    [DataRow("one two|", "undo, redo", "one two|", DisplayName = "Nothing to undo")]
    [DataRow("one two|", "delete word left, undo, delete left, redo", "one tw|", DisplayName = "After an edit there is no redo")]
    [DataRow("one two|", "delete word left, put back, the one before, undo", "one |", DisplayName = "A yank and its replacement are one step")]
    public void Each_edit_works_as_in_readline(string before, string edits, string after)
    {
        LineEditor editor = At(before);

        foreach (string edit in edits.Split(", "))
        {
            Edits[edit](editor);
        }

        Assert.AreEqual(after, editor.Text.Insert(editor.Cursor, "|"));
    }

    [TestMethod]
    public void Text_is_inserted_at_the_cursor()
    {
        LineEditor editor = At("a|d");

        Assert.IsTrue(editor.TryInsert("bc"));

        Assert.AreEqual("abcd", editor.Text);
        Assert.AreEqual(3, editor.Cursor);
    }

    [TestMethod]
    public void Killed_texts_of_two_lines_are_not_joined()
    {
        LineEditor editor = At("one|");
        editor.UnixLineDiscard();
        editor.Show(Draft.Of("two"));

        editor.UnixLineDiscard();
        editor.Yank();

        Assert.AreEqual("two", editor.Text);
    }

    [TestMethod]
    public void Joined_kills_that_are_too_long_are_not_yanked()
    {
        var editor = new LineEditor();
        editor.Show(Draft.Of(new string('a', LineEditor.MaxLength)));
        editor.UnixLineDiscard();
        editor.TryInsert("b");

        editor.Yank();

        Assert.AreEqual("b", editor.Text);
    }

    [TestMethod]
    public void An_insertion_that_makes_the_text_too_long_is_ignored()
    {
        var editor = new LineEditor();
        Assert.IsTrue(editor.TryInsert(new string('a', LineEditor.MaxLength)));

        Assert.IsFalse(editor.TryInsert("b"));

        Assert.AreEqual(new string('a', LineEditor.MaxLength), editor.Text);
    }

    [TestMethod]
    [DataRow("word left")]
    [DataRow("delete word left")]
    [DataRow("delete to space")]
    public void The_longest_word_is_deleted_in_one_step_without_delay(string edit)
    {
        var editor = new LineEditor();
        string word = new('a', LineEditor.MaxLength);
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < Rounds.Of(200); i++) // the square of the length each would be minutes in all
        {
            editor.Show(Draft.Of(word));
            Edits[edit](editor);
            Assert.AreEqual(0, editor.Cursor);
        }

        Assert.IsLessThan(Limit.Wait, watch.Elapsed);
    }

    [TestMethod]
    public void After_any_edits_the_cursor_is_between_two_graphemes()
    {
        Gen<Action<LineEditor>> insert = Gen.OneOf("a", " ", "\u0301", "\u200D", "👩", "🏽", "🇩", "你", "\n")
            .Select(text => (Action<LineEditor>)(editor => editor.TryInsert(text)));
        Action<LineEditor>[] edits = [.. Edits.Values];
        Gen<Action<LineEditor>> edit = Gen.Int[0, edits.Length - 1].Select(i => edits[i]);

        Gen.OneOf(insert, insert, edit).Array[1, 40].Sample(steps =>
        {
            var editor = new LineEditor();
            foreach (Action<LineEditor> step in steps)
            {
                step(editor);
                int[] starts = StringInfo.ParseCombiningCharacters(editor.Text);
                Assert.IsTrue(editor.Cursor == editor.Text.Length || starts.Contains(editor.Cursor), editor.Text);
            }
        });
    }

    private static LineEditor At(string textAndCursor)
    {
        int cursor = textAndCursor.IndexOf('|', StringComparison.Ordinal);
        var editor = new LineEditor();
        editor.Show(Draft.Of(textAndCursor.Remove(cursor, 1)));
        editor.Complete(cursor, cursor, ""); // moves there
        return editor;
    }
}
