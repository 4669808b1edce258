using System.Text;
using CsCheck;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Client.Display;

/// <summary>Lines on a terminal: for any text, only their first row begins at the edge.</summary>
[TestClass]
public sealed class RowBreakerTests
{
    private const string Family = "👨‍👩‍👧";

    [TestMethod]
    [DataRow("[Al] yes", "[Al] yes", DisplayName = "short")]
    [DataRow("[Al] 0123456789 [Bob] I give up", "[Al] 0123456789|     [Bob] I give up", DisplayName = "at a blank")]
    [DataRow("[Al] yes            [Bob] I give up", "[Al] yes|     [Bob] I give up", DisplayName = "blanks up to the edge")]
    [DataRow("[Al] 01234567890123456789", "[Al] 012345678901234|     56789", DisplayName = "a long word")]
    [DataRow("[Al] 012345678901234", "[Al] 012345678901234", DisplayName = "just fits")]
    [DataRow("[Al] 012345678901234 5", "[Al] 012345678901234|     5", DisplayName = "a blank at the edge")]
    [DataRow("[Al] 01234567890123你[Bob] hi", "[Al] 01234567890123|     你[Bob] hi", DisplayName = "a wide character at the edge")]
    [DataRow("[Al] 好好好好好好好[Bob] hi", "[Al] 好好好好好好好[|     Bob] hi", DisplayName = "wide characters")]
    [DataRow("[Al] e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301[Bob] hi",
        "[Al] e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301|     [Bob] hi", DisplayName = "combining marks")]
    public void A_line_breaks_at_a_blank_or_at_the_edge(string text, string rows) =>
        Assert.AreSequenceEqual(rows.Split('|'), Show(text, indent: 5, columns: 20).Rows);

    [TestMethod]
    [DataRow("[Al] https://a.example/123", "[Al] https://a.example/123", 26, DisplayName = "an address that just fits")]
    [DataRow("[Al] see https://a.example/", "[Al] see|     https://a.example/", 26, DisplayName = "one that fits into a row begins one")]
    [DataRow("[Al] (https://a.example/1)", "[Al] (|     https://a.example/1)", 25, DisplayName = "in brackets")]
    [DataRow("[Al] x https://a.example/0123456789", "[Al] x https://a.exa|mple/0123456789", 20, DisplayName = "one that is longer runs over the edge")]
    [DataRow("[Al] www.example.com/0123456789", "[Al] www.example.com|/0123456789", 20, DisplayName = "without a scheme")]
    [DataRow("[Al] https://a.example/0123456789 end", "[Al] https://a.examp|le/0123456789|     end", 20, DisplayName = "the text after it begins a row")]
    [DataRow("[Al] https://a.example/012345678901234567890 has left", "[Al] https://a.examp|le/01234567890123456|7890|     has left", 20, DisplayName = "so it cannot be a notice")]
    [DataRow("[Al] https://a.example/01[Bob] hi", "[Al] https://a.examp|le/01|     [Bob] hi", 20, DisplayName = "nor a message")]
    [DataRow("[Al] https://a.example/01 x", "[Al] https://a.examp|le/01|      x", 20, DisplayName = "a blank of another kind ends it")]
    [DataRow("[Al] https://a.example/你好", "[Al] https://a.examp|le/|     你好", 20, DisplayName = "a wide character ends it")]
    [DataRow("[Al] https://a.example/größe/01", "[Al] https://a.examp|le/größe/01", 20, DisplayName = "other letters do not")]
    [DataRow("[Al] https://a.example/012345 https://b.example/012345", "[Al] https://a.examp|le/012345|     https://b.examp|le/012345", 20, DisplayName = "two of them")]
    [DataRow("[Al] xhttps://a.example/012345", "[Al] xhttps://a.exam|ple/012345", 20, DisplayName = "a word before it is its scheme")]
    [DataRow("[Al] 0123456789 //a.example/x/y", "[Al] 0123456789|     //a.example/x/y", 20, DisplayName = "no scheme, no address")]
    public void An_address_is_in_one_row_or_is_wrapped_by_the_terminal(string text, string rows, int columns) =>
        Assert.AreSequenceEqual(rows.Split('|'), Show(text, indent: 5, columns).Rows);

    [TestMethod]
    public void A_wrapped_address_is_one_line_for_the_terminal_also_with_a_mark_in_it()
    {
        FakeTerminal terminal = Show("[Al] see https://a.example/\e[1;7mPanda\e[m/0123456789 end", indent: 5, columns: 20);

        Assert.AreSequenceEqual(["[Al] see https://a.example/Panda/0123456789", "     end"], terminal.Lines);
    }

    [TestMethod]
    public void An_attribute_ends_with_its_row_and_begins_again_in_the_next()
    {
        var output = new StringBuilder();
        RowBreaker.Append(output, new ScreenLine("[Al] \e[1;7m0123456789\e[m end", 4), 12);

        Assert.AreEqual("[Al] \e[1;7m0123456\e[m\r\n    \e[1;7m789\e[m end\r\n", output.ToString());
    }

    [TestMethod]
    [DataRow(2, 0)]
    [DataRow(3, 0)]
    [DataRow(4, 2)]
    [DataRow(10, 3)]
    [DataRow(30, 10)]
    [DataRow(300, 70)]
    public void On_a_narrow_screen_the_indent_is_limited(int columns, int indent)
    {
        FakeTerminal terminal = Show(new string('x', columns + 1), indent: 70, columns);

        Assert.AreEqual($"{new string(' ', indent)}x", terminal.Rows[1]);
    }

    /// <summary>A row that an address was wrapped into is nothing but a part of that address.</summary>
    [TestMethod]
    public void For_any_text_with_addresses_no_row_looks_like_a_message_or_a_notice()
    {
        Gen<string> piece = OneOf(
            " ", "[Bob] I give up", "Bob has left", "https://a.example/", "https://a.example/0123456789/0123456789", "www.example.com", "0123456789", "://",
            "x", "/", "[", "]", "你", "e\u0301", Family, "\u00A0", "\e[1;7mBob\e[m");
        Gen.Select(Gen.Int[8, 60], Gen.Int[2, 20], piece.Array[0, 40]).Sample(
            (columns, indent, pieces) =>
            {
                FakeTerminal terminal = Show($"[Al] {string.Concat(pieces)}", indent, columns);

                foreach (string row in terminal.Rows.Skip(1).Where(row => row.Length > 0 && row[0] != ' '))
                {
                    Assert.IsFalse(row.Contains('[', StringComparison.Ordinal) || row.Contains(' ', StringComparison.Ordinal), row);
                }
            },
            iter: 500);
    }

    /// <remarks>Terminals that draw an emoji in pieces wrap by themselves where too much is written to a row.</remarks>
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void For_any_text_only_the_first_row_begins_at_the_edge(bool joinsEmoji)
    {
        Gen<string> piece = OneOf(
            " ", "          ", "[Bob] I give up", "x", "0123456789", "你好", "é", "e\u0301", "\u0301", Family, "👍🏽", "🇩🇪", "❤️", "😀", "\u200B", "\uFE0F");

        Gen.Select(Gen.Int[8, 60], Gen.Int[2, 20], piece.Array[0, 40]).Sample(
            (columns, indent, pieces) =>
            {
                string text = $"[Al] {string.Concat(pieces)}";
                FakeTerminal terminal = Show(text, indent, columns, joinsEmoji);

                Assert.IsFalse(
                    terminal.Rows.Skip(1).Any(row => row.Length > 0 && row[0] != ' '), string.Join('\n', terminal.Rows));
                Assert.AreEqual(WithoutBlanks(Alone(text, joinsEmoji)), WithoutBlanks(string.Concat(terminal.Rows)), "nothing is lost");
            },
            iter: 500);
    }

    private static string Alone(string text, bool joinsEmoji)
    {
        var terminal = new FakeTerminal(columns: 5000, rows: 5, joinsEmoji);
        terminal.Write(text);
        return string.Concat(terminal.Rows);
    }

    private static FakeTerminal Show(string text, int indent, int columns, bool joinsEmoji = true)
    {
        var output = new StringBuilder();
        RowBreaker.Append(output, new ScreenLine(text, indent), columns);
        var terminal = new FakeTerminal(columns, rows: 10, joinsEmoji);
        terminal.Write(output.ToString());
        return terminal;
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static string WithoutBlanks(string text) => text.Replace(" ", "", StringComparison.Ordinal);
}
