using System.Globalization;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>Figures as a person reads them.</summary>
internal static class Figures
{
    /// <summary><c>8.0 ms</c>, <c>71.1 s</c>, <c>12.5 min</c>.</summary>
    public static string Time(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => Number(time.TotalMilliseconds, "ms"),
        { TotalMinutes: < 2 } => Number(time.TotalSeconds, "s"),
        _ => Number(time.TotalMinutes, "min"),
    };

    /// <summary><c>61.2 MB</c>.</summary>
    public static string Memory(double bytes) => Number(bytes / 1e6, "MB");

    private static string Number(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:N1} {unit}");
}
