using System.Globalization;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>
/// How large the tests of reliability are: small in <c>./run.sh test</c>, in full size in <c>./run.sh soak</c>, which sets two
/// environment variables for that.
/// </summary>
internal static class Soak
{
    /// <summary>What such tests are marked with, so that <c>./run.sh soak</c> runs them and no others.</summary>
    public const string Category = "Reliability";

    private static readonly double? Minutes = Number("THREADEDCHAT_SOAK_MINUTES");

    /// <summary>True in <c>./run.sh soak</c>.</summary>
    public static bool IsOn => Minutes is not null;

    /// <summary>What random choices begin with: as asked for with <c>--seed</c>, else another each time. Part of every report.</summary>
    public static int Seed { get; } = (int?)Number("THREADEDCHAT_SOAK_SEED") ?? Random.Shared.Next();

    /// <summary>The one value in a normal test run, the other in full size.</summary>
    public static T Size<T>(T brief, T full) => IsOn ? full : brief;

    /// <summary>The duration of a test with a variable length: so many seconds, or this share of <c>--minutes</c>.</summary>
    public static TimeSpan Duration(double briefSeconds, double shareOfMinutes) =>
        Minutes is double minutes ? TimeSpan.FromMinutes(minutes * shareOfMinutes) : TimeSpan.FromSeconds(briefSeconds);

    private static double? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;
}
