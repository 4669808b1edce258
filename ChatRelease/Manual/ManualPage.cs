using System.CommandLine;
using System.Globalization;
using System.Text;

namespace ThreadedChat.ChatRelease.Manual;

/// <summary>Writes a page for man(1), from the options of a program and the exit codes of the documentation.</summary>
internal static class ManualPage
{
    public static string Format(ShippedProgram program, IReadOnlyList<(string Code, string Meaning)> exits, string version, DateTimeOffset date)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $".TH {Bold(program.Name.ToUpperInvariant())} 1 {date.UtcDateTime:yyyy-MM-dd} \"ThreadedChat {Escape(version)}\" \"User Commands\"\n");
        page.Append(CultureInfo.InvariantCulture, $".SH NAME\n{Escape(program.Name)} \\- {Escape(program.Summary)}\n");
        page.Append(".SH SYNOPSIS\n");
        foreach (Branch branch in program.Branches)
        {
            AddSynopsis(page, program, branch);
        }

        page.Append(".SH DESCRIPTION\n");
        AddText(page, program.Main.Command.Description ?? "");
        AddArguments(page, program.Main, ".SH");
        AddOptions(page, program.Main, ".SH OPTIONS");
        foreach (Branch branch in program.Branches.Skip(1))
        {
            page.Append(CultureInfo.InvariantCulture, $".SH \"{Escape($"{program.Name} {branch.FirstWord}")}\"\n");
            AddText(page, branch.Command.Description ?? "");
            AddVerbs(page, branch);
            AddArguments(page, branch, ".SS");
            AddOptions(page, branch, ".SS Options");
        }

        if (exits.Count > 0)
        {
            page.Append(".SH \"EXIT STATUS\"\n");
            foreach ((string code, string meaning) in exits)
            {
                page.Append(CultureInfo.InvariantCulture, $".TP\n.B {code}\n{Line(meaning)}\n");
            }
        }

        page.Append(".SH \"SEE ALSO\"\n");
        page.Append(string.Join(",\n", ShippedProgram.All.Where(other => other != program).Select(other => $".BR {Escape(other.Name)} (1)")));
        return page.Append('\n').ToString();
    }

    private static void AddSynopsis(StringBuilder page, ShippedProgram program, Branch branch)
    {
        if (branch.FirstWord is null && branch.Command.Subcommands.Count > 0)
        {
            return; // each of the others is one
        }

        page.Append(CultureInfo.InvariantCulture, $".B {Escape(program.Name)}\n");
        if (branch.FirstWord is not null)
        {
            page.Append(CultureInfo.InvariantCulture, $".B {Escape(branch.FirstWord)}\n");
        }

        string arguments = (branch.Verbs.Any() ? " \\fICOMMAND\\fR" : "") + string.Concat(branch.Arguments.Select(argument => $" \\fI{Escape(argument.Name)}\\fR"));
        page.Append($"[options]{arguments} {Escape(program.Rest)}".TrimEnd()).Append("\n.br\n");
    }

    private static void AddVerbs(StringBuilder page, Branch branch)
    {
        page.Append(branch.Verbs.Any() ? ".SS Commands\n" : "");
        foreach (Command verb in branch.Verbs)
        {
            string arguments = string.Concat(verb.Arguments.Select(argument => $" \\fI{Escape(argument.Name)}\\fR"));
            page.Append(CultureInfo.InvariantCulture, $".TP\n\\fB{Escape(verb.Name)}\\fR{arguments}\n{Line(verb.Description ?? "")}\n");
        }
    }

    private static void AddArguments(StringBuilder page, Branch branch, string heading)
    {
        if (!branch.Arguments.Any())
        {
            return;
        }

        page.Append(heading == ".SH" ? ".SH ARGUMENTS\n" : ".SS Arguments\n");
        foreach ((string name, string description) in branch.Arguments)
        {
            page.Append(CultureInfo.InvariantCulture, $".TP\n.I {Escape(name)}\n{Line(description)}\n");
        }
    }

    private static void AddOptions(StringBuilder page, Branch branch, string heading)
    {
        page.Append(heading).Append('\n');
        foreach (ManualOption option in branch.Options)
        {
            page.Append(CultureInfo.InvariantCulture, $".TP\n\\fB{Escape(option.Name)}\\fR");
            if (option.Value.Length > 0)
            {
                page.Append(CultureInfo.InvariantCulture, $" \\fI{Escape(option.Value)}\\fR");
            }

            string byDefault = option.Default.Length > 0 ? $" [default: {option.Default}]" : "";
            page.Append(CultureInfo.InvariantCulture, $"\n{Line(option.Description + byDefault)}\n");
        }
    }

    /// <summary>Paragraphs; indented lines stay as they are.</summary>
    private static void AddText(StringBuilder page, string text)
    {
        bool isExample = false;
        foreach (string line in text.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            bool isIndented = line.StartsWith("  ", StringComparison.Ordinal);
            if (isIndented != isExample)
            {
                page.Append(isIndented ? ".PP\n.nf\n" : ".fi\n.PP\n");
                isExample = isIndented;
            }

            page.Append(line.Length == 0 ? ".PP" : Line(line)).Append('\n');
        }

        page.Append(isExample ? ".fi\n" : "");
    }

    private static string Bold(string text) => $"\"{Escape(text)}\"";

    /// <summary>A line of text: one that begins with a dot or a quote would be a request.</summary>
    private static string Line(string text) => text is ['.' or '\'', ..] ? $"\\&{Escape(text)}" : Escape(text);

    private static string Escape(string text) => text
        .Replace("\\", "\\e", StringComparison.Ordinal)
        .Replace("-", "\\-", StringComparison.Ordinal)
        .Replace("'", "\\(aq", StringComparison.Ordinal)
        .Replace("\"", "\\(dq", StringComparison.Ordinal);
}
