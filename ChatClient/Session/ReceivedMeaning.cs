using ThreadedChat.ChatClient.Display;

namespace ThreadedChat.ChatClient.Session;

/// <summary>The meaning of a text from the server for the screen.</summary>
/// <param name="IsHidden">It answers a request that the client has made by itself: the user need not see it.</param>
/// <param name="News">What the client tells the user after it; else null.</param>
/// <param name="Earlier">Lines of the history that the client has asked for, to be shown after it; null for none.</param>
internal readonly record struct ReceivedMeaning(bool IsHidden, string? News = null, IReadOnlyList<ReceivedText>? Earlier = null);
