using System.CommandLine;
using System.Globalization;
using System.Text;

namespace ThreadedChat.ChatRelease.Manual;

/// <summary>Writes the completion of a program for fish.</summary>
internal static class FishCompletion
{
    public static string Format(ShippedProgram program)
    {
        var script = new StringBuilder($"# fish completion for {program.Name}\n");
        string others = string.Join(' ', program.Branches.Skip(1).Select(branch => branch.FirstWord));
        foreach (Branch branch in program.Branches)
        {
            string when = branch.FirstWord is null
                ? $"not string match -qr -- '^({others.Replace(' ', '|')})$' (commandline -opc)[2..-1]"
                : $"contains -- {branch.FirstWord} (commandline -opc)[2..-1]";
            foreach (Command verb in branch.Verbs)
            {
                script.Append(CultureInfo.InvariantCulture, $"complete -c {program.Name} -n {Quote(when)} -f -a {verb.Name} -d {Quote(verb.Description ?? "")}\n");
            }

            foreach (ManualOption option in branch.Options)
            {
                string value = option.Value.Length == 0 ? ""
                    : option.Words.Count > 0 ? $" -x -a '{string.Join(' ', option.Words)}'"
                    : option.IsFile ? " -r -F"
                    : " -x";
                script.Append(CultureInfo.InvariantCulture, $"complete -c {program.Name} -n {Quote(when)} -l {option.Name[2..]}{value} -d {Quote(option.Description.Split('\n')[0])}\n");
            }
        }

        foreach (Branch branch in program.Branches.Skip(1))
        {
            string what = branch.FirstWord!.StartsWith('-') ? $"-l {branch.FirstWord[2..]}" : $"-f -a {branch.FirstWord}";
            script.Append(CultureInfo.InvariantCulture, $"complete -c {program.Name} -n 'test (count (commandline -opc)) -eq 1' {what} -d {Quote((branch.Command.Description ?? "").Split('\n')[0])}\n");
        }

        return script.ToString();
    }

    private static string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
