using ThreadedChat.ChatGrade.CommandLine;
using ThreadedChat.ChatGrade.Reports;
using ThreadedChat.ChatGrade.Settings;
using ThreadedChat.ChatGrade.Submissions;

namespace ThreadedChat.ChatGrade;

/// <summary>The commands of the command line.</summary>
internal sealed class Actions(TextWriter output, TextWriter errors, bool isTerminal) : GradeCommand.IActions
{
    /// <inheritdoc/>
    public int Grade(GradeOptions options)
    {
        using var run = new GradeRun(options, output, errors, isTerminal);
        return run.Run();
    }

    /// <inheritdoc/>
    public int Init(string folder)
    {
        string path = Path.Combine(folder, ClassSettings.FileName);
        if (File.Exists(path))
        {
            errors.WriteLine($"{path} is there already: remove it first.");
            return GradeExit.CannotGrade;
        }

        (string text, IReadOnlyList<(string Name, IReadOnlyList<string> Missing)> open) = SettingsDraft.Write(folder);
        try
        {
            File.WriteAllText(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(e.Message);
            return GradeExit.CannotGrade;
        }

        foreach ((string name, IReadOnlyList<string> missing) in open)
        {
            output.WriteLine($"{name}: not found: {string.Join(", ", missing)}");
        }

        output.WriteLine(path);
        return GradeExit.Graded;
    }

    /// <inheritdoc/>
    public int Autograder(string folder, string target)
    {
        try
        {
            SettingsFile.Read(folder);
            return AutograderFolder.Write(folder, target) is string why ? Reject(why) : Done(target);
        }
        catch (SettingsException e)
        {
            errors.WriteLine(e.Why.English);
            return GradeExit.Wrong;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Reject(e.Message);
        }
    }

    private int Reject(string why)
    {
        errors.WriteLine(why);
        return GradeExit.CannotGrade;
    }

    private int Done(string target)
    {
        output.WriteLine(target);
        return GradeExit.Graded;
    }
}
