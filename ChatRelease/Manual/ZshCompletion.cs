using System.Globalization;
using System.Text;

namespace ThreadedChat.ChatRelease.Manual;

/// <summary>Writes the completion of a program for zsh.</summary>
internal static class ZshCompletion
{
    public static string Format(ShippedProgram program)
    {
        var script = new StringBuilder($"#compdef {program.Name}\n\nlocal -a options\ncase $words[2] in\n");
        foreach (Branch branch in program.Branches.Skip(1).Append(program.Main))
        {
            script.Append(CultureInfo.InvariantCulture, $"  {branch.FirstWord ?? "*"})\n    options=(\n");
            foreach (ManualOption option in branch.Options)
            {
                script.Append(CultureInfo.InvariantCulture, $"      '{option.Name}[{Escape(option.Description)}]{Value(option)}'\n");
            }

            foreach (Branch other in branch == program.Main ? program.Branches.Skip(1) : [])
            {
                string rule = other.FirstWord!.StartsWith('-') ? $"{other.FirstWord}[{Escape(other.Command.Description ?? "")}]" : $"1:what:({string.Join(' ', program.Branches.Skip(1).Select(each => each.FirstWord))})";
                script.Append(CultureInfo.InvariantCulture, $"      '{rule}'\n");
                if (!other.FirstWord.StartsWith('-'))
                {
                    break; // one rule has them all
                }
            }

            script.Append(branch.Verbs.Any() ? $"      '2:what:({string.Join(' ', branch.Verbs.Select(verb => verb.Name))})'\n" : "");
            script.Append("      '*:file:_files'\n    )\n    ;;\n");
        }

        return script.Append("esac\n_arguments $options\n").ToString();
    }

    private static string Value(ManualOption option) =>
        option.Value.Length == 0 ? ""
        : option.Words.Count > 0 ? $":{option.Name[2..]}:({string.Join(' ', option.Words)})"
        : option.IsFile ? ":file:_files"
        : $":{Escape(option.Value)}: ";

    /// <summary>For use between quotes, in brackets, before a colon.</summary>
    private static string Escape(string text) => text.Split('\n')[0]
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("'", "'\\''", StringComparison.Ordinal)
        .Replace("[", "\\[", StringComparison.Ordinal)
        .Replace("]", "\\]", StringComparison.Ordinal)
        .Replace(":", "\\:", StringComparison.Ordinal);
}
