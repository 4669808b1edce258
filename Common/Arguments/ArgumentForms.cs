namespace ThreadedChat.Common.Arguments;

/// <summary>
/// Checks the forms of options (<c>--option value</c>, <c>--option=value</c>, <c>--option:value</c>). The parser of the programs would
/// silently accept some wrong forms and ignore them.
/// </summary>
/// <param name="flags">Options without a value.</param>
/// <param name="valued">Options with a value.</param>
public sealed class ArgumentForms(IReadOnlyCollection<string> flags, IReadOnlyCollection<string> valued)
{
    private const string EndOfOptions = "--";

    /// <summary>The error in the form of an argument, in one sentence; null if there is none.</summary>
    public string? FindWrong(IReadOnlyList<string> args)
    {
        for (int i = 0; i < args.Count && args[i] != EndOfOptions; i++)
        {
            string arg = args[i];
            int separator = arg.IndexOfAny(['=', ':']);
            string name = separator < 0 ? arg : arg[..separator];
            if (separator >= 0 && flags.Contains(name))
            {
                return $"{name} takes no value, so not '{arg}'.";
            }

            if (valued.Contains(name))
            {
                string value = separator < 0 ? args.ElementAtOrDefault(++i) ?? "" : arg[(separator + 1)..];
                if (value.Length == 0)
                {
                    return $"{name} needs a value.";
                }

                // A number may be negative. Any other text that looks like an option is an option, and the value is missing.
                if (separator < 0 && (value.StartsWith(EndOfOptions, StringComparison.Ordinal) || flags.Contains(value)))
                {
                    return $"{name} needs a value; '{value}' looks like an option, so it would have to be {name}={value}.";
                }
            }
            else if (i == 0 && arg.StartsWith('[') && arg.EndsWith(']'))
            {
                return $"'{arg}' is no argument."; // the parser would treat it as a command to itself
            }
        }

        return null;
    }

    /// <summary>The value of the option <paramref name="name"/> in any form; null if it is not given.</summary>
    public static string? ValueOf(string name, IReadOnlyList<string> args)
    {
        for (int i = 0; i < args.Count && args[i] != EndOfOptions; i++)
        {
            if (args[i] == name)
            {
                return args.ElementAtOrDefault(i + 1);
            }

            if (args[i].StartsWith($"{name}=", StringComparison.Ordinal) || args[i].StartsWith($"{name}:", StringComparison.Ordinal))
            {
                return args[i][(name.Length + 1)..];
            }
        }

        return null;
    }

    /// <summary>An error in one line, for any characters in the argument that it names.</summary>
    public static string OneLine(string error) =>
        string.Concat(error.Select(character => char.IsControl(character) ? '?' : character));
}
