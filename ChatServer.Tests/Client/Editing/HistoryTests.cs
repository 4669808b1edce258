using System.Globalization;
using CsCheck;
using ThreadedChat.ChatClient.Editing;

namespace ThreadedChat.ChatServer.Tests.Client.Editing;

[TestClass]
public sealed class HistoryTests
{
    private readonly ChatClient.Editing.History _history = new();
    private string _shown = ""; // of the current place

    [TestMethod]
    public void Up_and_down_go_through_the_entered_texts_and_back_to_the_typed_text()
    {
        Enter("one", "two");
        _shown = "half";

        Assert.AreEqual("two", Up());
        Assert.AreEqual("one", Up());
        Assert.IsNull(Up());
        Assert.AreEqual("two", Down());
        Assert.AreEqual("half", Down());
        Assert.IsNull(Down());
    }

    [TestMethod]
    public void Blank_lines_and_repetitions_are_not_kept()
    {
        Enter("one", "", "  ", "one");

        Assert.AreEqual("one", Up());
        Assert.IsNull(Up());
    }

    [TestMethod]
    public void After_a_line_was_entered_up_begins_with_that_line()
    {
        Enter("one", "two");
        Up();
        Up();

        Enter("three");

        Assert.AreEqual("three", Up());
    }

    [TestMethod]
    public void Only_the_newest_are_kept()
    {
        Enter([.. Enumerable.Range(0, ChatClient.Editing.History.MaxCount + 1).Select(i => i.ToString(CultureInfo.InvariantCulture))]);

        string oldest = "";
        while (Up() is { } older)
        {
            oldest = older;
        }

        Assert.AreEqual("1", oldest);
    }

    [TestMethod]
    public void An_edited_entry_keeps_its_edits_until_the_next_text_is_entered()
    {
        Enter("one", "two");
        Up();
        _shown = "two, edited";
        Up();
        Assert.AreEqual("two, edited", Down());

        Enter("three");

        Up();
        Assert.AreEqual("two", Up());
        Assert.AreEqual("one", Up());
    }

    /// <summary>Compared with a plain list of texts, of which the user edits one after the other.</summary>
    [TestMethod]
    public void After_any_edits_each_entry_shows_its_own_text_and_entering_restores_all()
    {
        Gen<(int Action, string Text)> step = Gen.Select(Gen.Int[0, 5], Gen.String[Gen.Char['a', 'z'], 1, 5]);
        step.Array[1, 60].Sample(steps =>
        {
            var history = new ChatClient.Editing.History();
            List<string> entered = [];
            List<string> texts = [""]; // with edits; the last one is being typed
            int place = 0;
            Draft shown = Draft.Of("");
            foreach ((int action, string text) in steps)
            {
                int to = place + (action <= 1 ? -1 : 1);
                if (action <= 3)
                {
                    Draft? there = history.GoTo(to, shown);
                    Assert.AreEqual(to >= 0 && to < texts.Count, there is not null);
                    (shown, place) = there is null ? (shown, place) : (there, to);
                }
                else if (action == 4)
                {
                    shown = shown with { Text = text };
                    texts[place] = text;
                }
                else
                {
                    history.Add(shown.Text);
                    if (shown.Text.Length > 0 && entered.LastOrDefault() != shown.Text)
                    {
                        entered.Add(shown.Text);
                    }

                    texts = [.. entered, ""];
                    (place, shown) = (texts.Count - 1, Draft.Of(""));
                }

                Assert.AreEqual(texts[place], shown.Text);
                Assert.AreEqual(place, history.Place);
            }
        });
    }

    private void Enter(params string[] texts)
    {
        Array.ForEach(texts, _history.Add);
        _shown = "";
    }

    private string? Up() => GoTo(_history.Place - 1);

    private string? Down() => GoTo(_history.Place + 1);

    private string? GoTo(int place)
    {
        Draft? draft = _history.GoTo(place, Draft.Of(_shown));
        _shown = draft?.Text ?? _shown;
        return draft?.Text;
    }
}
