namespace ThreadedChat.ChatServer.Sending;

/// <summary>The wait of one sender at this moment.</summary>
/// <param name="Kind">What it waits for.</param>
/// <param name="For">For how long it has waited.</param>
/// <param name="Member">The number of the connection that it waits for; 0 where it is not one.</param>
internal readonly record struct SenderWaitNow(SenderWaitKind Kind, TimeSpan For, long Member);
