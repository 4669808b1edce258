using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatServer.Tests.Client.Terminals;

[TestClass]
public sealed class ConsoleKeysTests
{
    private const uint RightAlt = 1;
    private const uint LeftAlt = 2;
    private const uint LeftCtrl = 8;
    private const uint Shift = 16;

    [TestMethod]
    [DataRow(0x41, 'a', 0u, "a", DisplayName = "a letter")]
    [DataRow(0x41, 'A', Shift, "A", DisplayName = "a capital letter")]
    [DataRow(0x41, '\x01', LeftCtrl, "\x01", DisplayName = "Ctrl-A")]
    [DataRow(0x42, 'b', LeftAlt, "\eb", DisplayName = "Alt-B")]
    [DataRow(0x51, '@', RightAlt | LeftCtrl, "@", DisplayName = "AltGr-Q on a German keyboard")]
    [DataRow(0, '\e', 0u, "\e", DisplayName = "a part of a sequence")]
    [DataRow(0, 'b', LeftAlt, "b", DisplayName = "a part of a sequence that has Alt in it already")]
    [DataRow(0x0D, '\r', 0u, "\r", DisplayName = "Enter")]
    [DataRow(0x0D, '\r', LeftAlt, "\e\r", DisplayName = "Alt-Enter")]
    [DataRow(0x08, '\b', 0u, "\x7F", DisplayName = "Backspace")]
    [DataRow(0x08, '\x7F', LeftCtrl, "\b", DisplayName = "Ctrl-Backspace")]
    [DataRow(0x09, '\t', 0u, "\t", DisplayName = "Tab")]
    [DataRow(0x09, '\t', Shift, "\e[Z", DisplayName = "Shift-Tab")]
    [DataRow(0x25, '\0', 0u, "\e[D", DisplayName = "Left")]
    [DataRow(0x27, '\0', LeftCtrl, "\e[1;5C", DisplayName = "Ctrl-Right")]
    [DataRow(0x26, '\0', Shift | LeftAlt, "\e[1;4A", DisplayName = "Shift-Alt-Up")]
    [DataRow(0x24, '\0', 0u, "\e[H", DisplayName = "Home")]
    [DataRow(0x2E, '\0', 0u, "\e[3~", DisplayName = "Delete")]
    [DataRow(0x2E, '\0', LeftCtrl, "\e[3;5~", DisplayName = "Ctrl-Delete")]
    [DataRow(0x70, '\0', 0u, "\eOP", DisplayName = "F1")]
    [DataRow(0x74, '\0', 0u, "\e[15~", DisplayName = "F5")]
    [DataRow(0x10, '\0', Shift, "", DisplayName = "Shift alone")]
    public void A_key_becomes_the_bytes_that_other_terminals_send(int key, char character, uint modifiers, string expected) =>
        Assert.AreEqual(expected, ConsoleKeys.Sequence(Press(key, character, modifiers)));

    [TestMethod]
    public void Each_half_of_an_emoji_is_a_key() => Assert.AreEqual(
        "\U0001F642", ConsoleKeys.Sequence(Press(0, '\uD83D', 0)) + ConsoleKeys.Sequence(Press(0, '\uDE42', 0)));

    [TestMethod]
    public void A_held_key_is_repeated() =>
        Assert.AreEqual("\e[D\e[D\e[D", ConsoleKeys.Sequence(Press(0x25, '\0', 0) with { Repeats = 3 }));

    [TestMethod]
    public void A_released_key_is_ignored_except_for_a_character_typed_by_its_number()
    {
        Assert.AreEqual("", ConsoleKeys.Sequence(Press(0x41, 'a', 0) with { IsDown = 0 }));
        Assert.AreEqual("é", ConsoleKeys.Sequence(Press(0x12, 'é', 0) with { IsDown = 0 }));
    }

    [TestMethod]
    [DataRow((short)2, DisplayName = "mouse")]
    [DataRow((short)4, DisplayName = "window")]
    [DataRow((short)16, DisplayName = "focus")]
    public void Other_events_are_ignored(short kind) =>
        Assert.AreEqual("", ConsoleKeys.Sequence(Press(0x41, 'a', 0) with { Kind = kind }));

    private static ConsoleEvent Press(int key, char character, uint modifiers) => new()
    {
        Kind = ConsoleEvent.KeyKind,
        IsDown = 1,
        Repeats = 1,
        Key = (short)key,
        Character = character,
        Modifiers = modifiers,
    };
}
