using System.Text;
using ThreadedChat.ChatServer.Accounts;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Tests.Common;

[TestClass]
public sealed class LookAlikeTests
{
    private static readonly TokenHash Token = TokenHash.OfToken(AccountToken.New())!;

    private static readonly AccountList Accounts = new([.. new[] { "Mod", "Usr", "Tom", "Ali" }.Select(AccountOf)]);

    [TestMethod]
    [DataRow("\u13b7od", DisplayName = "Cherokee")]
    [DataRow("\u216fod", DisplayName = "a Roman numeral")]
    [DataRow("Mo\u217e", DisplayName = "a small Roman numeral")]
    [DataRow("\U0001d40cod", DisplayName = "a mathematical letter")]
    [DataRow("Mo\U0001d41d")]
    [DataRow("\uff2dod", DisplayName = "full width")]
    [DataRow("\u24c2od", DisplayName = "in a circle")]
    [DataRow("\U0001f15cod", DisplayName = "in a filled circle")]
    [DataRow("\U0001f17cod", DisplayName = "in a filled square")]
    [DataRow("\u1d39od", DisplayName = "raised")]
    [DataRow("\u1d0dod", DisplayName = "a small capital")]
    [DataRow("\u043cod", DisplayName = "Cyrillic that looks like a small capital")]
    [DataRow("M\u043ed", DisplayName = "Cyrillic")]
    [DataRow("\u039cod", DisplayName = "Greek")]
    [DataRow("\U0001d414sr")]
    [DataRow("\U0001d414\U0001d42c\U0001d42b")]
    [DataRow("Us\U0001d42b")]
    [DataRow("\uff35sr")]
    [DataRow("\u1d1csr")]
    [DataRow("U\ua731r")]
    [DataRow("\u222asr", DisplayName = "a sign of mathematics")]
    [DataRow("U\u017fr", DisplayName = "a long s")]
    [DataRow("TO\U0001d40c", DisplayName = "a mathematical letter beside letters of another case")]
    [DataRow("\u0422om", DisplayName = "Cyrillic, large")]
    [DataRow("\u0442om", DisplayName = "Cyrillic, small")]
    [DataRow("AL\U0001d408", DisplayName = "a mathematical letter that looks like l")]
    [DataRow("Al\u0131", DisplayName = "without a dot")]
    public void A_look_alike_of_an_account_is_found(string name)
    {
        Assert.IsNotNull(Accounts.LooksLike(name));
    }

    [TestMethod]
    [DataRow("Moda")]
    [DataRow("Möd")]
    [DataRow("Mud")]
    [DataRow("Модест")]
    [DataRow("All")]
    [DataRow("Ana")]
    [DataRow("Мария")]
    [DataRow("Νίκος")]
    [DataRow("田中太郎")]
    [DataRow("カナ")]
    [DataRow("🐼")]
    public void Another_name_is_no_look_alike_of_an_account(string name)
    {
        Assert.IsNull(Accounts.LooksLike(name));
    }

    /// <summary>For each character of the tables that looks like characters of ASCII: an account that has these, and a name with the character.</summary>
    [TestMethod]
    public void Each_character_that_looks_like_ASCII_is_found_in_a_look_alike_of_an_account()
    {
        string[] lost = [.. LikeAscii
            .Where(pair => new AccountList([AccountOf($"x{pair.Look}z")]).LooksLike($"x{pair.Character}z") is null)
            .Select(pair => $"{pair.Character} {pair.Look}")];

        Assert.IsEmpty(lost, string.Join(", ", lost));
    }

    /// <summary>The same for the text of a notice.</summary>
    [TestMethod]
    public void Each_character_that_looks_like_a_letter_of_a_notice_is_found_in_a_name()
    {
        const string notice = "Bob has left";
        int count = 0;
        foreach ((Rune character, string look) in LikeAscii)
        {
            string letter = look.ToLowerInvariant();
            int at = notice.LastIndexOf(letter, StringComparison.Ordinal);
            if (letter.Length == 1 && at > 3)
            {
                string name = $"{notice[..at]}{character}{notice[(at + 1)..]}";
                Assert.IsFalse(IsName(name), name);
                count++;
            }
        }

        Assert.IsGreaterThan(200, count);
    }

    [TestMethod]
    public void Each_form_of_a_bracket_is_rejected_in_a_name()
    {
        Rune[] brackets = [.. LikeAscii.Where(pair => pair.Look is "[" or "]").Select(pair => pair.Character)];

        Assert.IsGreaterThan(10, brackets.Length);
        foreach (Rune bracket in brackets)
        {
            Assert.IsFalse(IsName($"Bob{bracket}"), bracket.ToString());
            Assert.IsFalse(IsName($"{bracket}Bob x"), bracket.ToString());
        }
    }

    private static IEnumerable<(Rune Character, string Look)> LikeAscii =>
        UnicodeTables.Instance.Forms.Concat(UnicodeTables.Instance.Prototypes)
            .Where(pair => pair.Key > 0x7f && pair.Value.All(part => part is > ' ' and < 0x7f))
            .Select(pair => (new Rune(pair.Key), string.Concat(pair.Value.Select(part => (char)part))));

    private static bool IsName(string name) => ParticipantName.TryParse(Frame.Encode(name), out _);

    private static Account AccountOf(string name) => new(name, Token, IsModerator: false, DateTimeOffset.UnixEpoch);
}
