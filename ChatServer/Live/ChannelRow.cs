namespace ThreadedChat.ChatServer.Live;

/// <summary>One channel, as the live page shows it.</summary>
/// <param name="Id">A number of its own, from 1.</param>
/// <param name="Name">Its name; null if it is not shown.</param>
internal readonly record struct ChannelRow(long Id, string? Name);
