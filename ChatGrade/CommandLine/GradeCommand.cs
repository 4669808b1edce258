using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
using ThreadedChat.Common.Arguments;

namespace ThreadedChat.ChatGrade.CommandLine;

/// <summary>The command line: every argument and option, checked in this one place.</summary>
internal sealed class GradeCommand
{
    private const string Verb = "grade"; // what run.sh calls it
    private const int MostJobs = 256;

    private static readonly ParserConfiguration Literal = new()
    {
        ResponseFileTokenReplacer = null,
        EnablePosixBundling = false,
    };

    private readonly TextWriter _errors;
    private readonly Option<string?> _output = new("--output") { HelpName = "DIR", Description = "Where reports and results go (default: FOLDER-grades)" };
    private readonly Option<int?> _jobs = new("--jobs") { HelpName = "N", Description = "Number of checks at a time (default: set by the load of the machine)" };
    private readonly Option<bool> _resume = new("--resume") { Arity = ArgumentArity.Zero, Description = "Continue an earlier run: check only submissions that have changed or were not checked" };
    private readonly Option<bool> _unsafe = new("--unsafe") { Arity = ArgumentArity.Zero, Description = "Run submissions with your own rights, without a sandbox" };
    private readonly Option<string?> _settings = new("--settings") { HelpName = "DIR", Description = "The folder with grade.toml (default: FOLDER)" };
    private readonly Option<bool> _single = new("--single") { Arity = ArgumentArity.Zero, Description = "FOLDER is one submission, not a folder of them" };

    private GradeCommand(TextWriter errors)
    {
        _errors = errors;
        _jobs.CustomParser = ParseJobs;
    }

    /// <summary>The things that can be done.</summary>
    internal interface IActions
    {
        /// <summary>Grades; the exit code.</summary>
        int Grade(GradeOptions options);

        /// <summary>Writes the file of a class; the exit code.</summary>
        int Init(string folder);

        /// <summary>Writes an autograder for Gradescope; the exit code.</summary>
        int Autograder(string folder, string output);
    }

    /// <summary>Runs the command in <paramref name="args"/> and returns the exit code. An error is reported in one line.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter errors, IActions actions)
    {
        var command = new GradeCommand(errors);
        Command root = command.Tree(actions);
        // A width of its own: to ask the terminal for it changes the terminal.
        root.Options.Add(new HelpOption("--help", "-h") { Action = new HelpAction { MaxWidth = 100 } });
        root.Options.Add(new VersionOption());

        // The parser drops a first argument that is the command's name.
        ParseResult parsed = root.Parse([Verb, .. args], Literal);
        return (command.FindWrongForm(args) ?? FindError(parsed)) is string wrong
            ? command.Reject(wrong)
            : parsed.Invoke(new InvocationConfiguration { Output = output, Error = errors });
    }

    private static string? FindError(ParseResult parsed)
    {
        Token? unknown = parsed.Tokens.FirstOrDefault(token => token is { Type: TokenType.Argument, Value: ['-', _, ..] });
        return unknown is not null ? $"There is no option {unknown.Value}." : parsed.Errors is [var first, ..] ? first.Message : null;
    }

    /// <summary>Without a separator at the end: the last part is the name of the class.</summary>
    private static string FullPath(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private static Argument<string> FolderArgument(string name, string description) => new(name) { Description = description };

    private string? FindWrongForm(string[] args) => new ArgumentForms(
        ["--help", "-h", "--version", _resume.Name, _unsafe.Name, _single.Name], [_output.Name, _jobs.Name, _settings.Name]).FindWrong(args);

    private Command Tree(IActions actions)
    {
        Argument<string> folder = FolderArgument("FOLDER", "A folder with one folder for each submission");
        var root = new Command(
            Verb,
            """
            Grades a class: checks every submission in FOLDER against the assignment, in a sandbox, and writes reports.

              grade init FOLDER              write FOLDER/grade.toml, with what was found in each submission
              grade FOLDER                   check all, and write the reports into FOLDER-grades
              grade autograder FOLDER DIR    write a folder for Gradescope, with the grade.toml of FOLDER

            FOLDER/grade.toml has commands, limits and points. The reports: index.html, submissions/*.html, grades.csv,
            moodle.csv, junit.xml, gradescope/*.json, github-classroom/*.json.

            Exit code 0: the reports are there. 2: wrong arguments or grade.toml. 3: nothing can be graded. 130: interrupted;
            the results so far are kept, and --resume continues.
            """)
        {
            folder, _output, _jobs, _resume, _unsafe, _settings, _single,
        };
        root.SetAction(parsed =>
        {
            string path = parsed.GetValue(folder)!;
            return WithFolder(path, () => actions.Grade(new GradeOptions
            {
                Folder = FullPath(path),
                Output = FullPath(parsed.GetValue(_output) ?? $"{FullPath(path)}-grades"),
                Jobs = parsed.GetValue(_jobs),
                Resume = parsed.GetValue(_resume),
                IsUnsafe = parsed.GetValue(_unsafe),
                SettingsFolder = parsed.GetValue(_settings) is string settings ? Path.GetFullPath(settings) : null,
                IsSingle = parsed.GetValue(_single),
            }));
        });

        Argument<string> initFolder = FolderArgument("FOLDER", "A folder with one folder for each submission");
        var init = new Command("init", "Write grade.toml, with what was found in each submission") { initFolder };
        init.SetAction(parsed => WithFolder(parsed.GetValue(initFolder)!, () => actions.Init(FullPath(parsed.GetValue(initFolder)!))));
        root.Add(init);

        Argument<string> graderFolder = FolderArgument("FOLDER", "The folder with grade.toml");
        Argument<string> graderOutput = FolderArgument("DIR", "The folder to write; it must not exist");
        var autograder = new Command("autograder", "Write a folder that can be zipped and uploaded as a Gradescope autograder") { graderFolder, graderOutput };
        autograder.SetAction(parsed => WithFolder(
            parsed.GetValue(graderFolder)!,
            () => actions.Autograder(Path.GetFullPath(parsed.GetValue(graderFolder)!), Path.GetFullPath(parsed.GetValue(graderOutput)!))));
        root.Add(autograder);
        return root;
    }

    private int WithFolder(string folder, Func<int> action) => Directory.Exists(folder) ? action() : Reject($"There is no folder '{folder}'.");

    private int? ParseJobs(ArgumentResult result)
    {
        string typed = result.Tokens[0].Value;
        if (!int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out int jobs) || jobs is < 1 or > MostJobs)
        {
            result.AddError($"--jobs must be a number from 1 to {MostJobs}, not '{typed}'.");
        }

        return jobs;
    }

    private int Reject(string wrong)
    {
        _errors.WriteLine($"{wrong} (./run.sh grade --help shows how it is used)");
        return GradeExit.Wrong;
    }
}
