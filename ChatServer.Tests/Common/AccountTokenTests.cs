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
    public void No_two_new_tokens_are_the_same()
    {
        string[] tokens = [.. Enumerable.Range(0, 1000).Select(_ => AccountToken.New())];

        Assert.HasCount(tokens.Length, tokens.Distinct());
        Assert.IsTrue(tokens.All(AccountToken.IsToken));
    }
}
