namespace ThreadedChat.ChatClient.Editing;

/// <summary>A text and the cursor in it, between two graphemes.</summary>
internal readonly record struct TextState(string Text, int Cursor);
