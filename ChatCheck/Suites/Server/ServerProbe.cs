using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>
/// What has to be known about a server before anything can be checked: which question it answers, and whether it can
/// have a guest who stays.
/// </summary>
internal static class ServerProbe
{
    // Each twice: a server that does not always answer is not to be asked one way in this run and another way in the next.
    private static readonly FenceStyle[] Questions =
        [FenceStyle.UnknownWord, FenceStyle.UnknownWord, FenceStyle.UnknownChannel, FenceStyle.UnknownChannel];

    /// <summary>Finds the question that the server answers, and sets it; returns whether it serves two at a time.</summary>
    /// <exception cref="CaseFailedException">It takes no connections.</exception>
    public static bool Probe(IServerHost host, Fences fences, ChannelNames channels, Timeouts timeouts)
    {
        foreach (FenceStyle style in Questions)
        {
            host.Renew(); // the last question may have been too much for it
            host.EnsureStarted();
            fences.Style = style;
            using ServerFixture fixture = new(host, fences, channels, new CaseClock(timeouts), new Transcript());
            if (Answers(fixture))
            {
                return Answers(fixture);
            }
        }

        fences.Style = FenceStyle.Quiet;
        return false;
    }

    /// <summary>Whether the server answers one more client.</summary>
    private static bool Answers(ServerFixture fixture)
    {
        Person peer = fixture.Connect("Guest");
        try
        {
            peer.Send("Guest");
        }
        catch (CaseFailedException)
        {
            return false;
        }

        return peer.AnswersFence();
    }
}
