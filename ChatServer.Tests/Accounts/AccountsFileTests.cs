using ThreadedChat.ChatServer.Accounts;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Accounts;

[TestClass]
public sealed class AccountsFileTests : IDisposable
{
    private static readonly string Hash = TokenHash.OfToken(AccountToken.New())!.ToString();

    private readonly GuardFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void An_account_is_read_as_it_was_written()
    {
        string login = _folder.Login("Ana Maria", isModerator: true);

        Account account = AccountsFile.Read(_folder.Accounts).All.Single();

        Assert.AreEqual(("Ana Maria", true), (account.Name, account.IsModerator));
        Assert.IsTrue(account.Token.IsSame(TokenHash.OfToken(login.Split(':')[1])!));
        Assert.IsFalse(account.Token.IsSame(TokenHash.OfToken(AccountToken.New())!));
    }

    [TestMethod]
    public void The_file_has_no_token_and_is_for_its_owner_only()
    {
        Needs.Linux();
        string login = _folder.Login("Ana");

        Assert.DoesNotContain(login.Split(':')[1], File.ReadAllText(_folder.Accounts));
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.Accounts));
    }

    [TestMethod]
    public void Changes_at_the_same_time_lose_nothing()
    {
        string[] names = [.. Enumerable.Range(0, 20).Select(number => $"member-{number}")];

        TestThread[] threads = [.. names.Select(name => TestThread.Start(name, () => _folder.Login(name)))];
        Array.ForEach(threads, thread => thread.AwaitEnd());

        Assert.AreSequenceEqual(names.Order(StringComparer.Ordinal), AccountsFile.Read(_folder.Accounts).All.Select(account => account.Name).Order(StringComparer.Ordinal));
    }

    [TestMethod]
    public void A_change_that_cannot_be_written_leaves_the_old_file()
    {
        Needs.Linux();
        _folder.Login("Ana");
        string before = File.ReadAllText(_folder.Accounts);
        Directory.CreateDirectory($"{_folder.Accounts}.{Environment.ProcessId}.new"); // in the place of the file to be written

        Assert.ThrowsExactly<UnusableFileException>(() => _folder.Login("Bea"));

        Assert.AreEqual(before, File.ReadAllText(_folder.Accounts));
    }

    [TestMethod]
    [DataRow("Ana", "Ana", DisplayName = "the same")]
    [DataRow("Ana", "ANA", DisplayName = "in capitals")]
    [DataRow("Ana", "\u0410na", DisplayName = "with a letter of another script")]
    [DataRow("Bill", "Bi1l", DisplayName = "with a digit that looks like a letter")]
    public void Two_names_that_look_alike_are_an_error(string one, string other)
    {
        Write(Line(one), Line(other));

        StringAssert.Contains(Assert.ThrowsExactly<UnusableFileException>(() => AccountsFile.Read(_folder.Accounts)).Message, "look alike");
    }

    [TestMethod]
    [DataRow("no json", "it must be a JSON object in one line.")]
    [DataRow("[]", "it must be a JSON object in one line.")]
    [DataRow("{}", "'name' is missing.")]
    [DataRow("""{"name":5}""", "'name' must be a text.")]
    [DataRow("""{"name":"Ana"}""", "'token_sha256' is missing.")]
    [DataRow("""{"name":"Ana","token_sha256":"00"}""", "'token_sha256' must be 64 hexadecimal digits.")]
    [DataRow("""{"name":"[Ana]","token_sha256":"00"}""", "'[Ana]' cannot be the name of an account.")]
    [DataRow("""{"name":"Ana:1","token_sha256":"00"}""", "'Ana:1' cannot be the name of an account.")]
    [DataRow("""{"name":"Ana","token_sha256":"00","moderator":"yes"}""", "'moderator' must be true or false.")]
    public void A_wrong_line_is_named_with_its_number(string line, string error)
    {
        Write(Line("Bob"), "", line);

        Assert.AreEqual(
            $"{_folder.Accounts}:3: {error}", Assert.ThrowsExactly<UnusableFileException>(() => AccountsFile.Read(_folder.Accounts)).Message);
    }

    [TestMethod]
    public void A_file_that_is_not_there_is_an_error()
    {
        Assert.ThrowsExactly<UnusableFileException>(() => AccountsFile.Read(_folder.PathOf("none")));
    }

    private void Write(params string[] lines) => File.WriteAllLines(_folder.Accounts, lines);

    private static string Line(string name) => $$"""{"name":"{{name}}","token_sha256":"{{Hash}}"}""";
}
