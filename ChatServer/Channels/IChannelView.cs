namespace ThreadedChat.ChatServer.Channels;

/// <summary>The channels of the chat, for metrics and the live page. Any thread may call.</summary>
internal interface IChannelView
{
    /// <summary>How many channels there are.</summary>
    int Count { get; }

    /// <summary>All channels, in no order.</summary>
    Channel[] All();
}
