using ThreadedChat.ChatServer.Accounts;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests;

[TestClass]
[DoNotParallelize] // captures what is written on the console
public sealed class AccountCommandLineTests : IDisposable
{
    private readonly GuardFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Add_prints_the_token_alone_on_standard_output_and_stores_its_hash(bool isModerator)
    {
        string[] flag = isModerator ? ["--moderator"] : [];

        (int code, string output, string error) = Run(["add", "Ana Maria", .. flag]);

        Assert.AreEqual(0, code);
        string token = output.TrimEnd('\n');
        Assert.IsTrue(AccountToken.IsToken(token));
        Assert.DoesNotContain(token, error);
        Account account = AccountsFile.Read(_folder.Accounts).All.Single();
        Assert.AreEqual(("Ana Maria", isModerator), (account.Name, account.IsModerator));
        Assert.IsTrue(account.Token.IsSame(TokenHash.OfToken(token)!));
    }

    [TestMethod]
    public void A_file_that_is_not_there_is_made_for_its_owner_only()
    {
        Needs.Linux();
        string file = _folder.PathOf("new");

        Assert.AreEqual(0, ConsoleCapture.Run(() => AccountCommandLine.Run(["add", "Ana", "--accounts", file])).ExitCode);

        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [TestMethod]
    public void A_new_token_replaces_the_old_one_and_the_account_stays_what_it_was()
    {
        string old = Run(["add", "Ana", "--moderator"]).Output.TrimEnd('\n');

        string next = Run(["token", "ana"]).Output.TrimEnd('\n');

        Account account = AccountsFile.Read(_folder.Accounts).All.Single();
        Assert.AreEqual(("Ana", true), (account.Name, account.IsModerator));
        Assert.IsTrue(account.Token.IsSame(TokenHash.OfToken(next)!));
        Assert.IsFalse(account.Token.IsSame(TokenHash.OfToken(old)!));
    }

    [TestMethod]
    public void List_shows_the_accounts_in_order_and_remove_takes_one_out()
    {
        Run(["add", "Bea"]);
        Run(["add", "Ana", "--moderator"]);

        Assert.AreSequenceEqual(
            ["Ana\tmoderator", "Bea\tmember"],
            Run(["list"]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..line.LastIndexOf('\t')]));
        Assert.AreEqual((0, "", ""), Run(["remove", "BEA"]));
        Assert.AreEqual("Ana", AccountsFile.Read(_folder.Accounts).All.Single().Name);
    }

    [TestMethod]
    [DataRow(new[] { "add", "Ana" }, 1, "There is an account 'Ana' already.")]
    [DataRow(new[] { "add", "ana" }, 1, "There is an account 'Ana' already.")]
    [DataRow(new[] { "remove", "Bob" }, 1, "There is no account 'Bob'.")]
    [DataRow(new[] { "token", "Bob" }, 1, "There is no account 'Bob'.")]
    [DataRow(new[] { "add", "[Bob]" }, 2, "'[Bob]' cannot be the name of an account")]
    [DataRow(new[] { "add", "Bob:1" }, 2, "'Bob:1' cannot be the name of an account")]
    [DataRow(new[] { "add", " Bob" }, 2, "' Bob' cannot be the name of an account")]
    [DataRow(new[] { "add" }, 2, "")]
    [DataRow(new[] { "sing" }, 2, "")]
    [DataRow(new string[0], 2, "")]
    [DataRow(new[] { "remove", "Ana", "--moderator" }, 2, "")]
    public void A_request_that_cannot_be_done_prints_one_line_and_changes_nothing(string[] args, int code, string error)
    {
        _folder.Login("Ana");
        string before = File.ReadAllText(_folder.Accounts);

        (int exitCode, string output, string told) = Run(args);

        Assert.AreEqual((code, ""), (exitCode, output));
        Assert.StartsWith(error, told);
        Assert.HasCount(1, told.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.AreEqual(before, File.ReadAllText(_folder.Accounts));
    }

    [TestMethod]
    public void A_broken_file_is_one_line_and_stays_as_it_is()
    {
        File.WriteAllText(_folder.Accounts, "no json\n");

        Assert.AreEqual((1, "", $"{_folder.Accounts}:1: it must be a JSON object in one line.\n"), Run(["add", "Ana"]));

        Assert.AreEqual("no json\n", File.ReadAllText(_folder.Accounts));
    }

    private (int ExitCode, string Output, string Error) Run(string[] args) =>
        ConsoleCapture.Run(() => AccountCommandLine.Run([.. args, "--accounts", _folder.Accounts]));
}
