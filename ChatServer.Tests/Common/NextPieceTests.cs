using System.Text;
using CsCheck;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Common;

[TestClass]
public sealed class NextPieceTests
{
    [TestMethod]
    [DataRow("abc", 5, "abc", DisplayName = "all fits")]
    [DataRow("abcde", 5, "abcde", DisplayName = "all fits exactly")]
    [DataRow("abcdef", 5, "abcde", DisplayName = "as much as fits")]
    [DataRow("abc  ", 5, "abc  ", DisplayName = "spaces at the very end stay")]
    [DataRow("abcd ef", 5, "abcd", DisplayName = "a space before the cut leads the next piece")]
    [DataRow("abcde f", 5, "abcde", DisplayName = "a space behind the cut leads the next piece")]
    [DataRow("ab    ef", 5, "ab", DisplayName = "a run of spaces leads the next piece")]
    [DataRow("   abcd", 5, "   ab", DisplayName = "spaces in front stay")]
    [DataRow("       a", 5, "     ", DisplayName = "a run of spaces longer than the room")]
    [DataRow("abcdé", 5, "abcd", DisplayName = "not inside two bytes")]
    [DataRow("abc€", 5, "abc", DisplayName = "not inside three bytes")]
    [DataRow("ab😀", 5, "ab", DisplayName = "not inside four bytes")]
    [DataRow("😀😀", 4, "😀", DisplayName = "the least room there may be")]
    public void A_piece_is_as_much_as_fits_between_characters_without_spaces_at_its_end(string text, int room, string piece)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);

        Assert.AreEqual(piece, Texts.Strict.GetString(utf8, 0, FrameSplitter.NextPiece(utf8, room)));
    }

    [TestMethod]
    public void Property_the_pieces_are_the_text_again_and_each_is_valid_and_fits()
    {
        Gen.Select(Texts.Of(1, 300), Gen.Int[4, Frame.Size]).Sample((text, room) =>
        {
            List<string> pieces = Split(text, room);

            Assert.AreEqual(text, string.Concat(pieces));
            foreach (string piece in pieces)
            {
                Assert.IsInRange(1, room, Texts.Bytes(piece));
            }
        });
    }

    [TestMethod]
    public void Property_only_a_piece_of_nothing_but_spaces_ends_in_a_space()
    {
        Gen.Select(Texts.Of(1, 300), Gen.Int[4, Frame.Size]).Sample((text, room) =>
        {
            foreach (string piece in Split(text, room).SkipLast(1))
            {
                Assert.IsTrue(!piece.EndsWith(' ') || piece.Trim(' ').Length == 0, $"'{piece}'");
            }
        });
    }

    private static List<string> Split(string text, int room)
    {
        var pieces = new List<string>();
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        while (!rest.IsEmpty)
        {
            int length = FrameSplitter.NextPiece(rest, room);
            pieces.Add(Texts.Strict.GetString(rest[..length]));
            rest = rest[length..];
        }

        return pieces;
    }
}
