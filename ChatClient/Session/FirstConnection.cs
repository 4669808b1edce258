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
    /// <exception cref="IOException">Standard output is gone.</exception>
    public static bool Make(ClientOptions options, ServerLink link, FrontEnd frontEnd, BackOff backOff)
    {
        if (TryConnect(link, frontEnd))
        {
            return true;
        }

        string cannotConnect = ProtocolText.Format(ProtocolText.CannotConnect, link.Server.Host, link.Server.Port);
        if (!options.Reconnects)
        {
            frontEnd.Screen.Close(cannotConnect + "\n");
            return false;
        }

        frontEnd.Screen.ShowBeforePrompt(cannotConnect);
        frontEnd.Screen.ShowBeforePrompt(ReceiveLoop.TryingAgain);
        do
        {
            Thread.Sleep(backOff.Next());
        }
        while (!link.TryConnect());
        return true;
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
