using System.Net;
using ThreadedChat.ChatServer.Accounts;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Accounts;

[TestClass]
public sealed class LoginsTests : IDisposable
{
    private const string Belongs = "The name {0} belongs to somebody. Its owner logs in with the name, a colon and the token.";
    private const string Wrong = "Wrong name or token.";
    private const string Other = "0000-0000-0000-0000-0000-0000-00";

    private readonly GuardFolder _folder = new();
    private readonly string _token;
    private readonly Logins _logins;

    public LoginsTests()
    {
        _token = _folder.Login("Ana Maria").Split(':')[1];
        _logins = new Logins(new AccountBook(_folder.Accounts), new FailureLimit(TimeProvider.System));
    }

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("Ana Maria", null, "proved")]
    [DataRow("ana maria", null, "proved", DisplayName = "in small letters")]
    [DataRow("Ana Maria", Other, Wrong, DisplayName = "another token")]
    [DataRow("Ana Maria", "", Wrong, DisplayName = "an empty token")]
    [DataRow("Bob", Other, Wrong, DisplayName = "a token for a name without an account")]
    [DataRow("Ana Maria", "none", "belongs", DisplayName = "no token")]
    [DataRow("ANA MARIA", "none", "belongs")]
    [DataRow("\u0410na Maria", "none", "belongs", DisplayName = "a name that looks like it")]
    [DataRow("Ana\u00a0Maria", "none", "belongs", DisplayName = "another blank")]
    [DataRow("Ana", "none", "guest")]
    public void A_name_with_an_account_needs_its_token(string name, string? token, string expected)
    {
        LoginResult result = _logins.Decide(name, token == "none" ? null : token ?? _token, authenticatedName: null, IPAddress.Loopback);

        Assert.AreEqual(expected == "belongs" ? ProtocolText.Fill(Belongs, name) : expected, Show(result));
        Assert.AreEqual(expected == Wrong, result.IsGuess);
    }

    [TestMethod]
    [DataRow("Ana Maria", "proved")]
    [DataRow("ANA MARIA", "proved")]
    [DataRow("Bob", "guest", DisplayName = "a certificate for another name proves nothing")]
    public void A_name_that_the_connection_proves_needs_no_token(string name, string expected)
    {
        Assert.AreEqual(expected, Show(_logins.Decide(name, token: null, authenticatedName: "Ana Maria", IPAddress.Loopback)));
    }

    [TestMethod]
    [DataRow("Ana\u200b Maria", DisplayName = "a space without width")]
    [DataRow("Ana Maria\u200b", DisplayName = "a space without width at the end")]
    [DataRow("\u202eAna Maria", DisplayName = "a mark of direction")]
    [DataRow("Ana Maria ", DisplayName = "a blank at the end")]
    [DataRow("Ana\tMaria", DisplayName = "a control character")]
    [DataRow("Ana Maria\0", DisplayName = "a NUL at the end")]
    [DataRow("Ana Maria\0.example.org")]
    [DataRow("\u0410na Maria", DisplayName = "a letter of another script")]
    [DataRow("Ana Maria, CN=Bob")]
    [DataRow("")]
    [DataRow("\ud800", DisplayName = "half a character")]
    public void A_proved_text_that_is_not_the_name_proves_nothing(string proved)
    {
        Assert.AreEqual(
            ProtocolText.Fill(Belongs, "Ana Maria"), Show(_logins.Decide("Ana Maria", token: null, authenticatedName: proved, IPAddress.Loopback)));
    }

    [TestMethod]
    public void A_proved_text_of_any_length_is_compared()
    {
        Assert.AreEqual("guest", Show(_logins.Decide("Bob", token: null, authenticatedName: new string('B', 100_000), IPAddress.Loopback)));
    }

    [TestMethod]
    public void With_members_only_guests_are_rejected()
    {
        _logins.IsMembersOnly = true;

        Assert.AreEqual("This server is for members only: log in with your name, a colon and your token.", Show(Decide("Bob", null)));
        Assert.AreEqual("proved", Show(Decide("Ana Maria", _token)));
        Assert.AreEqual("proved", Show(_logins.Decide("Bob", null, "Bob", IPAddress.Loopback)), "whom a certificate names is a member");
    }

    [TestMethod]
    public void After_five_wrong_tokens_a_right_one_is_rejected_too_and_other_names_too()
    {
        for (int i = 0; i < 5; i++)
        {
            Assert.AreEqual(Wrong, Show(Decide("Ana Maria", Other)));
        }

        Assert.AreEqual("There were too many wrong tokens from your address. Please try again in a minute.", Show(Decide("Ana Maria", _token)));
        Assert.AreEqual("guest", Show(Decide("Bob", null)), "guests guess nothing");
        Assert.AreEqual("proved", Show(_logins.Decide("Ana Maria", _token, null, IPAddress.Parse("192.0.2.1"))));
    }

    private LoginResult Decide(string name, string? token) => _logins.Decide(name, token, authenticatedName: null, IPAddress.Loopback);

    private static string Show(LoginResult result) => result.Rejection ?? (result.IsAuthenticated ? "proved" : "guest");
}
