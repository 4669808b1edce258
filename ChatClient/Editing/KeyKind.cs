namespace ThreadedChat.ChatClient.Editing;

/// <summary>What a key asks for. Several keys ask for the same: Home and Ctrl-A.</summary>
internal enum KeyKind
{
    /// <summary>Characters to insert, as typed.</summary>
    Text,

    /// <summary>A whole paste: its text with its line breaks, each a <c>\n</c>.</summary>
    Paste,

    /// <summary>Enter: the line is done.</summary>
    Enter,

    /// <summary>Ctrl-D: delete the next character, or the end of input where there is no text.</summary>
    DeleteOrEnd,

    /// <summary>Tab: the next completion.</summary>
    Complete,

    /// <summary>Shift-Tab: the completion before.</summary>
    CompleteBack,

    /// <summary>Up: the line entered before.</summary>
    Older,

    /// <summary>Down: the line entered after it.</summary>
    Newer,

    /// <summary>A character to the left.</summary>
    Left,

    /// <summary>A character to the right.</summary>
    Right,

    /// <summary>To the start of the word to the left.</summary>
    WordLeft,

    /// <summary>To the end of the word to the right.</summary>
    WordRight,

    /// <summary>To the start of the line.</summary>
    Home,

    /// <summary>To the end of the line.</summary>
    End,

    /// <summary>Backspace: delete the character to the left.</summary>
    DeleteLeft,

    /// <summary>Delete the character to the right.</summary>
    DeleteRight,

    /// <summary>Alt-Backspace: delete to the start of the word to the left.</summary>
    DeleteWordLeft,

    /// <summary>Alt-D: delete to the end of the word to the right.</summary>
    DeleteWordRight,

    /// <summary>Ctrl-W: delete back to the space before.</summary>
    DeleteToSpace,

    /// <summary>Ctrl-U: delete to the start of the line.</summary>
    DeleteToStart,

    /// <summary>Ctrl-K: delete to the end of the line.</summary>
    DeleteToEnd,

    /// <summary>Ctrl-Y: insert what was deleted last, by more than a character.</summary>
    PutBack,

    /// <summary>Ctrl-L: clear the screen, keep the line.</summary>
    ClearScreen,

    /// <summary>Esc alone: no.</summary>
    Escape,

    /// <summary>No key: the terminal answers CSI 6 n with the cell of the cursor.</summary>
    CursorPosition,
}
