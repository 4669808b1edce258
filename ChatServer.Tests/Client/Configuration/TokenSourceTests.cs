using ThreadedChat.ChatClient;
using ThreadedChat.ChatClient.Configuration;
using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatClient.Terminals;
using ThreadedChat.Common;
using ThreadedChat.Common.Configuration;

namespace ThreadedChat.ChatServer.Tests.Client.Configuration;

[TestClass]
public sealed class TokenSourceTests
{
    private static readonly string[] Tokens = [.. Enumerable.Range(0, 4).Select(_ => AccountToken.New())];

    [TestMethod]
    [DataRow(true, true, true, true, 0)]
    [DataRow(false, true, true, true, 1)]
    [DataRow(false, false, true, true, 2)]
    [DataRow(false, false, false, true, 3)]
    [DataRow(false, false, false, false, -1)]
    public void The_first_source_that_is_there_has_the_token(bool asks, bool hasFile, bool hasVariable, bool isConfigured, int expected)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, $"{Tokens[1]}\r\n");

            bool isRead = TokenSource.TryRead(
                asks ? () => Tokens[0] : null, hasFile ? file : null, hasVariable ? Tokens[2] : null, isConfigured ? Tokens[3] : null, out string? token, out string? error);

            Assert.IsTrue(isRead, error);
            Assert.AreEqual(expected < 0 ? null : Tokens[expected], token);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("secret-but-wrong")]
    public void An_invalid_token_is_an_error_that_does_not_show_it(string typed)
    {
        Assert.IsFalse(TokenSource.TryRead(() => typed, null, null, null, out string? token, out string? error));

        Assert.IsNull(token);
        Assert.AreEqual("What was typed has no token: it has the form k7m2-p9qx-4n8r-t3wz-h6cd-5b1v-j0.", error);
    }

    [TestMethod]
    public void A_file_that_is_not_there_is_an_error()
    {
        Assert.IsFalse(TokenSource.TryRead(null, "/no/such/file", null, null, out _, out string? error));

        Assert.StartsWith("Cannot read the token: ", error);
    }

    [TestMethod]
    [DataRow("localhost", false, false, true)]
    [DataRow("LOCALHOST", false, false, true)]
    [DataRow("127.0.0.1", false, false, true)]
    [DataRow("127.9.9.9", false, false, true)]
    [DataRow("::1", false, false, true)]
    [DataRow("192.0.2.1", false, false, false)]
    [DataRow("chat.example.org", false, false, false)]
    [DataRow("localhost.example.org", false, false, false)]
    [DataRow("chat.example.org", true, false, true, DisplayName = "encrypted")]
    [DataRow("chat.example.org", false, true, true, DisplayName = "allowed")]
    public void A_token_is_sent_encrypted_or_within_this_machine(string host, bool isEncrypted, bool isAllowed, bool maySend)
    {
        Assert.AreEqual(maySend, TokenRule.MaySend(host, isEncrypted, isAllowed));
    }

    [TestMethod]
    public void A_token_on_the_command_line_is_rejected_and_not_shown()
    {
        var wrong = Assert.IsInstanceOfType<Request.Wrong>(ClientCommandLine.Parse([$"Ana:{Tokens[0]}", "localhost", "1"]));

        Assert.DoesNotContain(Tokens[0], wrong.Text);
        Assert.IsInstanceOfType<Request.Run>(ClientCommandLine.Parse(["Ana:1", "localhost", "1"]));
        Assert.IsInstanceOfType<Request.Wrong>(ClientCommandLine.Parse(["Ana", "localhost", "1", "--token", Tokens[0]]));
    }

    [TestMethod]
    public void The_configuration_may_have_the_token_or_its_file()
    {
        ConfigurationFile file = ConfigurationFile.Parse("c", $"token = '{Tokens[0]}'\ntoken-file = 'f'\nask-token = true\ninsecure-token = true\n");

        ClientOptions options = Assert.IsInstanceOfType<Request.Run>(ClientCommandLine.Parse(["Ana", "localhost", "1"], () => file)).Options;

        Assert.AreEqual((Tokens[0], "f", true, true), (options.ConfiguredToken, options.TokenFile, options.AsksToken, options.AllowsInsecureToken));
        Assert.AreEqual("c:1: token: must be one text.\n", Assert.IsInstanceOfType<Request.Wrong>(
            ClientCommandLine.Parse(["Ana", "localhost", "1"], () => ConfigurationFile.Parse("c", "token = true"))).Text);
    }

    [TestMethod]
    [DataRow("abc\r", "abc")]
    [DataRow("abc\n", "abc")]
    [DataRow("abd\u007fc\r", "abc", DisplayName = "Backspace")]
    [DataRow("\bx\b\babc\r", "abc")]
    [DataRow("wrong\u0015abc\r", "abc", DisplayName = "Ctrl-U")]
    [DataRow("abc\u0004", "abc", DisplayName = "Ctrl-D behind something")]
    [DataRow("\u0004", null, DisplayName = "Ctrl-D")]
    [DataRow("abc\u0003", null, DisplayName = "Ctrl-C")]
    [DataRow("abc", null, DisplayName = "the end")]
    public void A_hidden_line_is_edited_as_usual(string typed, string? line)
    {
        var bytes = new Queue<byte>(System.Text.Encoding.UTF8.GetBytes(typed));

        Assert.AreEqual(line, HiddenLine.ReadBytes(() => bytes.TryDequeue(out byte next) ? next : -1));
    }
}
