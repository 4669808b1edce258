using System.CommandLine;
using System.Globalization;

namespace ThreadedChat.ChatRelease.Manual;

/// <summary>An option as its program declares it.</summary>
/// <param name="Name">With its dashes.</param>
/// <param name="Value">What stands for its value in the help; empty for a flag.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Default">The value if the option is not given; empty if the description has it, or there is none.</param>
/// <param name="Words">All possible values, if they are few.</param>
internal sealed record ManualOption(string Name, string Value, string Description, string Default, IReadOnlyList<string> Words)
{
    /// <summary>True if the value is the name of a file.</summary>
    public bool IsFile => Value == "FILE";

    public static ManualOption Of(Option option)
    {
        bool isFlag = option.Arity.MaximumNumberOfValues == 0;
        string value = isFlag ? "" : option.HelpName ?? "VALUE";
        object? byDefault = !isFlag && option.HasDefaultValue ? option.GetDefaultValue() : null;
        return new ManualOption(option.Name, value, option.Description ?? "", Text(byDefault), WordsOf(option, value));
    }

    private static string Text(object? value) => value switch
    {
        null or Array => "",
        Enum word => $"{word}".ToLowerInvariant(),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string[] WordsOf(Option option, string value) =>
        value.Contains('|', StringComparison.Ordinal) ? value.Split('|')
        : option.ValueType.IsEnum ? [.. Enum.GetNames(option.ValueType).Select(name => name.ToLowerInvariant())]
        : value == "LANG" ? ["en", "pt-BR"]
        : [];
}
