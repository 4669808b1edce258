using System.Globalization;
using CsCheck;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Common;

[TestClass]
public sealed class SplitLineTests
{
    private const int Room = 20;

    private const int Million = 1024 * 1024;

    /// <summary>A line, and the pieces of at most <see cref="Room"/> bytes it makes, with <c>|</c> between them.</summary>
    [TestMethod]
    [DataRow("short", "short")]
    [DataRow("exactly twenty bytes", "exactly twenty bytes")]
    [DataRow("cut at the last space that fits", "cut at the last| space that fits")]
    [DataRow("cut where space fits before", "cut where space fits| before", DisplayName = "A space right behind the room")]
    [DataRow("of blanks at a cut      one is left", "of blanks at a cut| one is left")]
    [DataRow("spaces      stay    elsewhere", "spaces      stay| elsewhere")]
    [DataRow("a tab is a blank too \t \tx", "a tab is a blank too|\tx")]
    [DataRow("    in front they stay here", "    in front they| stay here")]
    [DataRow("more blanks                              than a piece holds", "more blanks| than a piece holds")]
    [DataRow("slashes after blanks      /list", "slashes after blanks| /list")]
    [DataRow("abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrst|uvwxyz")]
    [DataRow("abcdefghijklmnopqrsé", "abcdefghijklmnopqrs|é")]
    [DataRow("abcdefghijklmnopqr€", "abcdefghijklmnopqr|€")]
    [DataRow("abcdefghijklmnopq😀", "abcdefghijklmnopq|😀")]
    [DataRow("abc👩‍👩‍👧", "abc|👩‍👩‍👧", DisplayName = "A family of 18 bytes stays together")]
    [DataRow("abcdefghijklmnopqrse\u0301", "abcdefghijklmnopqrs|e\u0301", DisplayName = "A letter keeps its accent")]
    [DataRow("abcdefghijklmnop🇩🇪", "abcdefghijklmnop|🇩🇪", DisplayName = "A flag is not cut in two letters")]
    [DataRow("abcdefghijklmnopqrst/vw", "abcdefghijklmnopqrs|t/vw", DisplayName = "A slash does not begin a piece")]
    [DataRow("see /etc/hosts and /etc/passwd", "see /etc/hosts and| /etc/passwd")]
    [DataRow("x///////////////////////", "x///////////////////| ////", DisplayName = "Slashes only: a space in front")]
    public void A_line_is_cut_at_the_best_place(string line, string pieces)
    {
        Assert.AreEqual(pieces, string.Join('|', FrameSplitter.SplitLine(line, Room)));
    }

    [TestMethod]
    public void A_letter_with_very_many_marks_is_cut_between_code_points()
    {
        string line = "a" + new string('\u0301', 30);

        IReadOnlyList<string> pieces = FrameSplitter.SplitLine(line, Room);

        AssertPiecesFit(pieces, Room);
        Assert.AreEqual(line, string.Concat(pieces));
    }

    /// <summary>Each line is a mebibyte: cut in a moment, unless the whole rest is looked at again for each piece.</summary>
    [TestMethod]
    [DataRow("x", 1, DisplayName = "one word")]
    [DataRow("some words ", 11, DisplayName = "words")]
    [DataRow("/", 1, DisplayName = "slashes")]
    [DataRow("😀", 4, DisplayName = "emoji")]
    [DataRow("\u0301", 2, DisplayName = "one letter under a mountain of marks")]
    public void A_huge_line_is_cut_in_linear_time(string unit, int unitBytes)
    {
        string line = "a" + string.Concat(Enumerable.Repeat(unit, Million / unitBytes));

        IReadOnlyList<string> pieces = FrameSplitter.SplitLine(line, 190);

        AssertPiecesFit(pieces, 190);
        Assert.AreEqual(line, Join(line, pieces));
    }

    [TestMethod]
    public void Property_only_blanks_at_a_cut_are_lost_and_each_piece_fits_and_is_not_a_command()
    {
        Gen.Select(Texts.WithLoneSurrogates, Gen.Int[16, Frame.Size]).Sample((line, room) =>
        {
            IReadOnlyList<string> pieces = FrameSplitter.SplitLine(line, room);

            AssertPiecesFit(pieces, room);
            Assert.AreEqual(line, Join(line, pieces));
            Assert.DoesNotContain(piece => piece.StartsWith('/'), pieces.Skip(1));
        });
    }

    [TestMethod]
    public void Property_a_valid_line_is_never_cut_inside_a_grapheme()
    {
        Gen.Select(Texts.Any, Gen.Int[24, Frame.Size]).Sample((line, room) =>
        {
            int[] boundaries = [.. StringInfo.ParseCombiningCharacters(line), line.Length];

            int at = 0;
            foreach (string piece in FrameSplitter.SplitLine(line, room))
            {
                at += LengthInLine(line, at, piece);
                Assert.Contains(at, boundaries, $"cut behind '{piece}'");
            }
        });
    }

    private static void AssertPiecesFit(IReadOnlyList<string> pieces, int room)
    {
        for (int i = 0; i < pieces.Count; i++)
        {
            Assert.IsLessThanOrEqualTo(room, Texts.Bytes(pieces[i]), $"piece {i}");
        }
    }

    /// <summary>The pieces joined, without the spaces put before a slash, and with the blanks that were left out at the cuts.</summary>
    private static string Join(string line, IReadOnlyList<string> pieces)
    {
        var joined = new System.Text.StringBuilder();
        foreach (string piece in pieces)
        {
            int at = joined.Length;
            int leftOut = LeftOut(line, at);
            joined.Append(line, at, leftOut).Append(piece.AsSpan(piece.Length + leftOut - LengthInLine(line, at, piece)));
        }

        return joined.ToString();
    }

    /// <summary>
    /// How many characters of the line, from <paramref name="at"/>, the piece stands for: a space put before a slash is not of
    /// the line, and blanks that were left out are.
    /// </summary>
    private static int LengthInLine(string line, int at, string piece) =>
        at > 0 && at < line.Length && line[at] == '/' && piece.StartsWith(" /", StringComparison.Ordinal)
            ? piece.Length - 1
            : piece.Length + LeftOut(line, at);

    /// <summary>How many blanks are left out at a cut: all but the last.</summary>
    private static int LeftOut(string line, int at)
    {
        int blanks = at == 0 ? 0 : line.AsSpan(at).IndexOfAnyExcept(" \t\r\n") is >= 0 and var end ? end : line.Length - at;
        return Math.Max(blanks - 1, 0);
    }
}
