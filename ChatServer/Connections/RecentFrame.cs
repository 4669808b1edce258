namespace ThreadedChat.ChatServer.Connections;

/// <summary>A frame that a connection has received or sent.</summary>
/// <param name="IsReceived">True if the server received it, false if it sent it.</param>
/// <param name="Number">Counts the frames of that direction from 1, as the trace does.</param>
/// <param name="Time">When it was complete; for an incomplete one, when its last bytes came.</param>
/// <param name="Bytes">As they came; fewer than 200 where it is not complete yet. Never written to again.</param>
internal sealed record RecentFrame(bool IsReceived, long Number, DateTimeOffset Time, byte[] Bytes);
