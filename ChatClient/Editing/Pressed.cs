namespace ThreadedChat.ChatClient.Editing;

/// <summary>What came of a key, as far as others have to do something about it.</summary>
internal enum Pressed
{
    /// <summary>The line may look different: <see cref="LineComposer.View"/>.</summary>
    Edited,

    /// <summary>What was typed or pasted was not taken: the text would be too long.</summary>
    TooLong,

    /// <summary>The text is done: <see cref="LineComposer.TakeEntered"/>.</summary>
    Entered,

    /// <summary>No more is going to be typed.</summary>
    Ended,

    /// <summary>The screen is to be cleared.</summary>
    ClearScreen,
}
