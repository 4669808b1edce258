namespace ThreadedChat.ChatClient.Session;

/// <summary>The meaning of a text from the server for the screen.</summary>
/// <param name="IsHidden">It answers a request that the client has made by itself: the user need not see it.</param>
/// <param name="News">The text of the client for the user after it; else null.</param>
internal readonly record struct Heard(bool IsHidden, string? News = null);
