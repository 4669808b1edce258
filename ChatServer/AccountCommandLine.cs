using System.CommandLine;
using System.CommandLine.Help;
using ThreadedChat.ChatServer.Accounts;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.Common;
using ThreadedChat.Common.Arguments;
using static ThreadedChat.ChatServer.ServerExitCode;

namespace ThreadedChat.ChatServer;

/// <summary>The command line of <c>./run.sh account</c>: changes the accounts file. A token is printed once, and stored nowhere.</summary>
internal static class AccountCommandLine
{
    /// <summary>The first argument of the program that chooses this command line.</summary>
    public const string Switch = "--account";

    private const string DefaultFile = "accounts.jsonl";

    private static readonly Option<string> File = new("--accounts")
    {
        Description = $"The accounts file [default: {DefaultFile}]",
        HelpName = "FILE",
        DefaultValueFactory = _ => DefaultFile,
        Recursive = true,
    };

    private static readonly Option<bool> Moderator = new("--moderator")
    {
        Description = "The account may use the commands of moderators",
        Arity = ArgumentArity.Zero,
    };

    /// <summary>Does what the arguments say. Exit code 1: it cannot be done; 2: the arguments are wrong.</summary>
    public static int Run(string[] args)
    {
        Command command = ToCommand();
        command.Options.Add(new HelpOption("--help", "-h") { Action = new HelpAction { MaxWidth = 100 } });
        var forms = new ArgumentForms([Moderator.Name, "--help", "-h"], [File.Name]);
        ParseResult parsed = command.Parse(
            [command.Name, .. args], new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        string? wrong = forms.FindWrong(args) ?? (parsed.Errors is [var first, ..] ? first.Message : null);
        return wrong is null ? parsed.Invoke() : Reject(wrong);
    }

    /// <summary>The arguments, for the parser and the manual.</summary>
    internal static Command ToCommand() => new("account", "Gives names to people. A running server reads the file at SIGHUP, or at ./run.sh admin PATH accounts-reload.")
    {
        File,
        Verb("add", "Add an account, and print its token", Add, Moderator),
        Verb("remove", "Remove an account", (file, name, _) => Remove(file, name)),
        Verb("token", "Make a new token for an account, and print it. The old token is no longer valid", (file, name, _) => Renew(file, name)),
        List(),
    };

    private static Command Verb(string name, string description, Func<string, string, bool, int> action, params Option[] options)
    {
        var argument = new Argument<string>("NAME") { Description = "The name; after -- if it begins with a dash" };
        var command = new Command(name, description) { argument };
        Array.ForEach(options, command.Options.Add);
        command.SetAction(result => OpenSslLibrary.Missing("A token") is string missing
            ? Fail(missing)
            : Try(() => action(result.GetRequiredValue(File), result.GetRequiredValue(argument), options.Length > 0 && result.GetValue(Moderator))));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "List the accounts: name, kind, and the day of the token");
        command.SetAction(result => Try(() =>
        {
            foreach (Account account in AccountsFile.Read(result.GetRequiredValue(File)).All.OrderBy(account => account.Name, StringComparer.Ordinal))
            {
                Console.Out.WriteLine($"{account.Name}\t{(account.IsModerator ? "moderator" : "member")}\t{account.TokenSince:yyyy-MM-dd}");
            }

            return Success;
        }));
        return command;
    }

    private static int Add(string file, string name, bool isModerator)
    {
        if (!AccountsFile.IsName(name))
        {
            return Reject($"'{name}' cannot be the name of an account: 1 to 64 bytes, no brackets, no line breaks, no colon.");
        }

        string? other = null;
        string token = AccountToken.New();
        AccountsFile.Change(file, accounts =>
        {
            other = accounts.LooksLike(name)?.Name;
            return other is null ? accounts.All.Append(ToAccount(name, token, isModerator)) : null;
        });
        return other is null ? Print(name, token) : Fail($"There is an account '{other}' already.");
    }

    private static int Remove(string file, string name)
    {
        bool isFound = false;
        AccountsFile.Change(file, accounts =>
        {
            Account? found = accounts.Find(name);
            isFound = found is not null;
            return isFound ? accounts.All.Where(account => account != found) : null;
        });
        return isFound ? Success : Fail($"There is no account '{name}'.");
    }

    private static int Renew(string file, string name)
    {
        Account? found = null;
        string token = AccountToken.New();
        AccountsFile.Change(file, accounts =>
        {
            found = accounts.Find(name);
            return found is null ? null : accounts.All.Select(account => account == found ? ToAccount(account.Name, token, account.IsModerator) : account);
        });
        return found is not null ? Print(found.Name, token) : Fail($"There is no account '{name}'.");
    }

    /// <summary>The token alone on standard output, for scripts.</summary>
    private static int Print(string name, string token)
    {
        Console.Out.WriteLine(token);
        Console.Error.WriteLine(
            $"This token of {name} is not shown again. In any client the name is: {name}{AccountToken.Separator}TOKEN. Our client: --token-file FILE or --ask-token.");
        return Success;
    }

    private static Account ToAccount(string name, string token, bool isModerator) =>
        new(name, TokenHash.OfToken(token)!, isModerator, DateTimeOffset.UtcNow);

    private static int Try(Func<int> action)
    {
        try
        {
            return action();
        }
        catch (UnusableFileException e)
        {
            return Fail(e.Message);
        }
    }

    private static int Fail(string why)
    {
        Console.Error.WriteLine(ArgumentForms.OneLine(why));
        return Failure;
    }
}
