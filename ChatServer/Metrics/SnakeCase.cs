using System.Text;

namespace ThreadedChat.ChatServer.Metrics;

/// <summary>The values of an enumeration as labels: <c>SlowConsumer</c> is <c>slow_consumer</c>.</summary>
internal static class SnakeCase
{
    /// <summary>One value as a label.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        var text = new StringBuilder();
        foreach (char c in value.ToString())
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    /// <summary>Pairs each value but <paramref name="none"/> with its number in <paramref name="counts"/>, which is indexed by the value.</summary>
    public static IEnumerable<(string Value, double Count)> Label<T>(IReadOnlyList<long> counts, T? none = null)
        where T : struct, Enum =>
        Enum.GetValues<T>().Where(value => !value.Equals(none)).Select(value => (Of(value), (double)counts[Convert.ToInt32(value, null)]));
}
