using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>Makes the first connection, before the first prompt. Input that arrives in the meantime waits.</summary>
internal static class FirstConnection
{
    /// <summary>How long the client says nothing: most connections take less time.</summary>
    private static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Connects <paramref name="link"/>; with the option to reconnect, tries until there is a connection. Otherwise false, with the
    /// reason on the screen, if there is none.
    /// </summary>
    /// <param name="options">Of this session.</param>
    /// <param name="link">Not connected.</param>
    /// <param name="frontEnd">Where the user is.</param>
    /// <param name="backOff">The times between two attempts.</param>
    /// <param name="report">Takes a line that has no place in the output.</param>
    /// <exception cref="IOException">Standard output is gone.</exception>
    public static bool Make(ClientOptions options, ServerLink link, FrontEnd frontEnd, BackOff backOff, Action<string> report)
    {
        Action<string> tell = frontEnd.MayAddText ? frontEnd.Screen.ShowBeforePrompt : report;
        if (TryConnect(link, frontEnd))
        {
            Tell(link.News, tell);
            return true;
        }

        string cannotConnect = ProtocolText.Format(ProtocolText.CannotConnect, link.Server.Host, link.Server.Port);
        if (!options.Reconnects || link.Fault?.IsFinal == true)
        {
            Give(cannotConnect, link.Fault, frontEnd, report);
            return false;
        }

        frontEnd.Screen.ShowBeforePrompt(cannotConnect);
        Tell(link.Fault?.Text, tell);
        frontEnd.Screen.ShowBeforePrompt(ReceiveLoop.TryingAgain);
        do
        {
            Thread.Sleep(backOff.Next());
            if (link.TryConnect())
            {
                Tell(link.News, tell);
                return true;
            }
        }
        while (link.Fault?.IsFinal != true);

        Give("", link.Fault, frontEnd, report);
        return false;
    }

    /// <summary>Closes the screen with the reason. Plain output has only the first line, because its bytes are fixed.</summary>
    private static void Give(string line, ConnectFault? fault, FrontEnd frontEnd, Action<string> report)
    {
        IEnumerable<string> lines = ((string?[])[line, frontEnd.MayAddText ? fault?.Text : null]).Where(text => !string.IsNullOrEmpty(text)).OfType<string>();
        frontEnd.Screen.Close(string.Concat(lines.Select(text => $"{text}\n")));
        Tell(frontEnd.MayAddText ? null : fault?.Text, report);
    }

    private static void Tell(string? line, Action<string> tell)
    {
        if (line is not null)
        {
            tell(line);
        }
    }

    /// <summary>Says nothing in plain output, whose bytes are fixed.</summary>
    private static bool TryConnect(ServerLink link, FrontEnd frontEnd)
    {
        if (!frontEnd.MayAddText)
        {
            return link.TryConnect();
        }

        bool isConnected = false;
        var connecting = new Thread(() => isConnected = link.TryConnect()) { Name = "socket", IsBackground = true };
        connecting.Start();
        if (!connecting.Join(QuietTime))
        {
            frontEnd.Screen.ShowBeforePrompt("Connecting ...");
            connecting.Join();
        }

        return isConnected;
    }
}
