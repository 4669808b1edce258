namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>How often the long random tests repeat: in <c>./run.sh test --quick</c>, which sets a variable for it, a twentieth as often.</summary>
internal static class Rounds
{
    private const int Share = 20;

    private static readonly bool AreFew = Environment.GetEnvironmentVariable("THREADEDCHAT_QUICK_TESTS") is { Length: > 0 };

    /// <summary>The number of rounds; <paramref name="full"/> outside the quick run.</summary>
    public static int Of(int full) => AreFew ? Math.Max(1, full / Share) : full;
}
