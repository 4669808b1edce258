using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ThreadedChat.ChatServer;

/// <summary>The kinds of options of the server: each says its range in the help text, and checks it.</summary>
internal static class OptionForms
{
    public static Option<bool> Flag(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.Zero };

    public static Option<T> OneOf<T>(string name, string description, T byDefault)
        where T : struct, Enum
    {
        string[] names = Enum.GetNames<T>();
        string words = string.Join(", ", names).ToLowerInvariant();
        return new Option<T>(name)
        {
            Description = $"{description}: {words}",
            HelpName = "WORD",
            DefaultValueFactory = _ => byDefault,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                int index = Array.FindIndex(names, word => word.Equals(text, StringComparison.OrdinalIgnoreCase));
                if (index < 0)
                {
                    result.AddError($"{name} must be one of {words}, not '{text}'.");
                    return byDefault;
                }

                return Enum.Parse<T>(names[index]);
            },
        };
    }

    public static Option<int> Number(string name, string description, int byDefault, int min, int max) => new(name)
    {
        Description = $"{description} ({min} to {max})",
        HelpName = "N",
        DefaultValueFactory = _ => byDefault,
        CustomParser = result => (int)InRange(result, name, min, max),
    };

    public static Option<double> Seconds(string name, string description, TimeSpan byDefault)
    {
        const double Min = 0.1;
        const double Max = 3_600;
        return new Option<double>(name)
        {
            Description = string.Create(CultureInfo.InvariantCulture, $"{description}, in seconds ({Min} to {Max})"),
            HelpName = "S",
            DefaultValueFactory = _ => byDefault.TotalSeconds,
            CustomParser = result => InRange(result, name, Min, Max),
        };
    }

    /// <summary>
    /// The one value that was given, if it is a number from <paramref name="min"/> to <paramref name="max"/>. Whole unless
    /// <paramref name="min"/> has decimals or <paramref name="allowsDecimals"/> is true.
    /// </summary>
    public static double InRange(ArgumentResult result, string name, double min, double max, bool allowsDecimals = false)
    {
        string text = result.Tokens[0].Value;
        NumberStyles style = double.IsInteger(min) && !allowsDecimals ? NumberStyles.None : NumberStyles.AllowDecimalPoint;
        if (!double.TryParse(text, style, CultureInfo.InvariantCulture, out double value)
            || !(value >= min && value <= max)) // so that NaN is none
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be a number from {min} to {max}, not '{text}'."));
        }

        return value;
    }
}
