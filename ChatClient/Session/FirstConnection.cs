using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Session;

/// <summary>Connects for the first time, before a line is asked for. What is typed or piped in meanwhile waits.</summary>
internal static class FirstConnection
{
    /// <summary>How long nothing is said: most connections are there long before.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Connects <paramref name="link"/>; where the client is to reconnect, as often as it takes. False, with the reason on the
    /// screen, if there is no connection.
    /// </summary>
    /// <exception cref="IOException">Standard output is gone.</exception>
    public static bool Make(ClientOptions options, ServerLink link, Screen screen, BackOff backOff)
    {
        if (TryConnect(link, screen))
        {
            return true;
        }

        string cannotConnect = ProtocolText.Format(ProtocolText.CannotConnect, options.Host, options.Port);
        if (!options.Reconnects)
        {
            screen.Close(cannotConnect + "\n");
            return false;
        }

        screen.ShowBeforePrompt(cannotConnect);
        screen.ShowBeforePrompt(ReceiveLoop.TryingAgain);
        do
        {
            Thread.Sleep(backOff.Next());
        }
        while (!link.TryConnect());
        return true;
    }

    /// <summary>In a pipe nothing is said: its bytes are fixed.</summary>
    private static bool TryConnect(ServerLink link, Screen screen)
    {
        if (screen is not EditingScreen)
        {
            return link.TryConnect();
        }

        bool isConnected = false;
        var connecting = new Thread(() => isConnected = link.TryConnect()) { Name = "socket", IsBackground = true };
        connecting.Start();
        if (!connecting.Join(Patience))
        {
            screen.ShowBeforePrompt("Connecting ...");
            connecting.Join();
        }

        return isConnected;
    }
}
