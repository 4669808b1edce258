using CsCheck;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Common;

[TestClass]
public sealed class AccountTokenTests
{
    [TestMethod]
    [DataRow("00000000000000000000000000000000", "0000-0000-0000-0000-0000-0000-00")]
    [DataRow("ffffffffffffffffffffffffffffffff", "zzzz-zzzz-zzzz-zzzz-zzzz-zzzz-zw")]
    [DataRow("00000000000000000000000000000001", "0000-0000-0000-0000-0000-0000-04")]
    public void A_token_is_26_digits_in_groups_of_four(string hexadecimal, string written)
    {
        Assert.AreEqual(written, AccountToken.Format(Convert.FromHexString(hexadecimal)));
    }

    [TestMethod]
    public void Each_token_is_read_as_it_was_written_with_or_without_hyphens_and_in_capitals()
    {
        Gen.Byte.Array[AccountToken.Size].Sample(token =>
        {
            string written = AccountToken.Format(token);
            foreach (string typed in (string[])[written, written.ToUpperInvariant(), written.Replace("-", "", StringComparison.Ordinal)])
            {
                var read = new byte[AccountToken.Size];
                Assert.IsTrue(AccountToken.TryParse(typed, read), typed);
                Assert.AreSequenceEqual(token, read);
            }
        });
    }

    [TestMethod]
    public void Letters_that_look_like_digits_count_as_these()
    {
        Assert.IsTrue(AccountToken.IsToken("OOOO-oooo-IIII-iiii-LLLL-llll-00"));
        var read = new byte[AccountToken.Size];
        var expected = new byte[AccountToken.Size];
        AccountToken.TryParse("OOOO-oooo-IIII-iiii-LLLL-llll-00", read);
        AccountToken.TryParse("0000-0000-1111-1111-1111-1111-00", expected);

        Assert.AreSequenceEqual(expected, read);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("k7m2")]
    [DataRow("0000-0000-0000-0000-0000-0000-0", DisplayName = "a digit is missing")]
    [DataRow("0000-0000-0000-0000-0000-0000-000", DisplayName = "a digit too many")]
    [DataRow("0000-0000-0000-0000-0000-0000-01", DisplayName = "bits that no token has")]
    [DataRow("0000-0000-0000-0000-0000-0000-u0", DisplayName = "a letter that no token has")]
    [DataRow("0000 0000 0000 0000 0000 0000 00", DisplayName = "blanks")]
    public void Anything_else_is_no_token(string text)
    {
        Assert.IsFalse(AccountToken.IsToken(text));
    }

    [TestMethod]
    [DataRow("Ana:secret", 4)]
    [DataRow("Ana:", 4)]
    [DataRow("Ana k7m2-p9qx-4n8r-t3wz-h6cd-5b1v-j0", 4, DisplayName = "a space in place of the colon")]
    [DataRow("Ana;k7m2-p9qx-4n8r-t3wz-h6cd-5b1v-j0", 4, DisplayName = "a semicolon")]
    [DataRow("Ana\uff1aK7M2P9QX4N8RT3WZH6CD5B1VJ0", 6, DisplayName = "a wide colon, capitals, no hyphens")]
    [DataRow("k7m2-p9qx-4n8r-t3wz-h6cd-5b1v-j0", 0, DisplayName = "no name")]
    [DataRow("k7m2-p9qx-4n8r-t3wz-h6cd-5b1v-j0:Ana", 0, DisplayName = "the other order")]
    [DataRow("Ana-k7m2-p9qx-4n8r-t3wz-h6cd-5b", 0, DisplayName = "a hyphen, and an end that is missing")]
    [DataRow("Ana", -1)]
    [DataRow("ThisIsMyVeryLongName-2024", -1)]
    [DataRow("a name with many words and 1 2 3 4 5 digits", -1)]
    [DataRow("blue-bird-from-mars-with-wings", -1)]
    [DataRow("guest-2024-of-the-berlin-office", -1)]
    public void The_secret_of_a_first_frame_begins_behind_the_colon_or_at_what_looks_like_a_token(string text, int start)
    {
        Assert.AreEqual(start, AccountToken.FindSecret(Frame.Encode(text)));
    }

    [TestMethod]
    public void Each_token_is_found_also_without_a_colon_and_with_a_digit_missing()
    {
        Gen.Byte.Array[AccountToken.Size].Select(bytes => AccountToken.Format(bytes)).Where(token => token.Any(char.IsAsciiDigit)).Sample(token =>
            AccountToken.FindSecret(Frame.Encode($"Ana {token}")) == 4 && AccountToken.FindSecret(Frame.Encode($"Ana {token[1..]}")) == 4);
    }

    [TestMethod]
    public void No_two_new_tokens_are_the_same()
    {
        string[] tokens = [.. Enumerable.Range(0, 1000).Select(_ => AccountToken.New())];

        Assert.HasCount(tokens.Length, tokens.Distinct());
        Assert.IsTrue(tokens.All(AccountToken.IsToken));
    }
}
