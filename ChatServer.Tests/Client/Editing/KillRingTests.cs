using System.Globalization;
using CsCheck;
using ThreadedChat.ChatClient.Editing;

namespace ThreadedChat.ChatServer.Tests.Client.Editing;

[TestClass]
public sealed class KillRingTests
{
    [TestMethod]
    public void Without_a_kill_there_is_nothing_to_yank()
    {
        var ring = new KillRing();
        ring.Rotate();

        Assert.IsNull(ring.Current);
    }

    [TestMethod]
    public void Only_the_newest_kills_are_kept()
    {
        var ring = new KillRing();
        for (int i = 0; i <= KillRing.MaxCount; i++)
        {
            ring.Add(i.ToString(CultureInfo.InvariantCulture));
        }

        ring.Rotate();
        List<string?> all = [];
        for (int i = 0; i < KillRing.MaxCount; i++)
        {
            all.Add(ring.Current);
            ring.Rotate();
        }

        Assert.DoesNotContain("0", all);
        Assert.AreEqual(KillRing.MaxCount, all.Distinct().Count());
    }

    /// <summary>Compared with a list that is turned round: the text to yank is its last one.</summary>
    [TestMethod]
    public void Yank_after_any_kills_and_rotations_agrees_with_a_model()
    {
        Gen.Select(Gen.Int[0, 4], Gen.String[Gen.Char['a', 'z'], 1, 3]).Array[0, 60].Sample(steps =>
        {
            var ring = new KillRing();
            List<string> kills = [];
            int turned = 0;
            foreach ((int action, string text) in steps)
            {
                switch (action)
                {
                    case 0 or 1:
                        ring.Add(text);
                        kills.Add(text);
                        turned = 0;
                        break;
                    case 2 when kills.Count > 0:
                        ring.Join(text, isBefore: text[0] < 'm');
                        kills[^1] = text[0] < 'm' ? text + kills[^1] : kills[^1] + text;
                        turned = 0;
                        break;
                    case > 2:
                        ring.Rotate();
                        turned++;
                        break;
                }

                Assert.AreEqual(kills.Count == 0 ? null : kills[kills.Count - 1 - (turned % kills.Count)], ring.Current);
            }
        });
    }

    /// <summary>Consecutive kills in any direction are yanked as the text was around the cursor.</summary>
    [TestMethod]
    public void Consecutive_kills_are_yanked_in_the_order_of_the_text()
    {
        Action<LineEditor>[] kills =
        [
            editor => editor.DeleteWordLeft(), editor => editor.DeleteWordRight(), editor => editor.UnixWordRubout(), editor => editor.UnixLineDiscard(),
            editor => editor.KillLine(),
        ];
        Gen.Select(Gen.OneOf("one", " ", "two-three", "\n", "👩", "größe", ".").Array[0, 12], Gen.Int[0, 12], Gen.Int[0, kills.Length - 1].Array[1, 8])
            .Sample((pieces, left, chosen) =>
            {
                var editor = new LineEditor();
                editor.Show(Draft.Of(string.Concat(pieces)));
                for (int i = 0; i < left; i++)
                {
                    editor.MoveLeft();
                }

                Array.ForEach(chosen, i => kills[i](editor));
                editor.Yank();

                Assert.AreEqual(string.Concat(pieces), editor.Text);
            });
    }
}
