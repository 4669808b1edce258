using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatClient.Input;
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
    public static bool Make(ClientOptions options, ServerLink link, FrontEnd frontEnd, BackOff backOff)
    {
        if (TryConnect(link, frontEnd))
        {
            return true;
        }

        string cannotConnect = ProtocolText.Format(ProtocolText.CannotConnect, options.Host, options.Port);
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

    /// <summary>In a pipe nothing is said: its bytes are fixed.</summary>
    private static bool TryConnect(ServerLink link, FrontEnd frontEnd)
    {
        if (!frontEnd.MayAddText)
        {
            return link.TryConnect();
        }

        bool isConnected = false;
        var connecting = new Thread(() => isConnected = link.TryConnect()) { Name = "socket", IsBackground = true };
        connecting.Start();
        if (!connecting.Join(Patience))
        {
            frontEnd.Screen.ShowBeforePrompt("Connecting ...");
            connecting.Join();
        }

        return isConnected;
    }
}
