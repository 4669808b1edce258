namespace ThreadedChat.ChatClient.Editing;

/// <summary>The result of a key, for the caller of <see cref="LineComposer.Press"/>.</summary>
internal enum Pressed
{
    /// <summary><see cref="LineComposer.View"/> may have changed.</summary>
    Edited,

    /// <summary>The input was discarded, because the text would become too long.</summary>
    TooLong,

    /// <summary>The user has entered the text: call <see cref="LineComposer.TakeEntered"/>.</summary>
    Entered,

    /// <summary>The user has ended the input.</summary>
    Ended,

    /// <summary>The screen is to be cleared.</summary>
    ClearScreen,
}
