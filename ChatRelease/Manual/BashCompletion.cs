using System.Globalization;
using System.Text;

namespace ThreadedChat.ChatRelease.Manual;

/// <summary>Writes the completion of a program for bash.</summary>
internal static class BashCompletion
{
    public static string Format(ShippedProgram program)
    {
        string function = $"_{program.Name.Replace('-', '_')}";
        var script = new StringBuilder();
        script.Append(CultureInfo.InvariantCulture, $$"""
            # bash completion for {{program.Name}}

            {{function}}_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2"); }

            {{function}}() {
              local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} first=${COMP_WORDS[1]}
              [[ $COMP_CWORD -gt 1 ]] || first=
              case $first in

            """);
        foreach (Branch branch in program.Branches.Skip(1).Append(program.Main))
        {
            script.Append(CultureInfo.InvariantCulture, $"    {branch.FirstWord ?? "*"})\n      case $previous in\n");
            foreach (ManualOption option in branch.Options.Where(option => option.Value.Length > 0))
            {
                string answer = option.Words.Count > 0 ? $"{function}_words '{string.Join(' ', option.Words)}' \"$current\""
                    : option.IsFile ? "mapfile -t COMPREPLY < <(compgen -f -- \"$current\")"
                    : "COMPREPLY=()";
                script.Append(CultureInfo.InvariantCulture, $"        {option.Name}) {answer} ;;\n");
            }

            script.Append(CultureInfo.InvariantCulture, $"        *) {function}_words '{string.Join(' ', Words(program, branch))}' \"$current\" ;;\n      esac\n      ;;\n");
        }

        return script.Append(CultureInfo.InvariantCulture, $$"""
              esac
            }

            complete -o filenames -o bashdefault -F {{function}} {{program.Name}}

            """).ToString();
    }

    /// <summary>What can begin a word: options, and for the usual way what chooses another.</summary>
    private static IEnumerable<string> Words(ShippedProgram program, Branch branch) => branch.Options.Select(option => option.Name)
        .Concat(branch.Verbs.Select(verb => verb.Name))
        .Concat(branch == program.Main ? program.Branches.Skip(1).Select(other => other.FirstWord!) : [])
        .Distinct();
}
