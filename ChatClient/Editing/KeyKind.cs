namespace ThreadedChat.ChatClient.Editing;

/// <summary>The action of a key, in the terms of GNU Readline if it has one. Several keys do the same: Home and Ctrl-A.</summary>
internal enum KeyKind
{
    /// <summary>Characters to insert, as typed.</summary>
    Text,

    /// <summary>A whole paste, with <c>\n</c> for each line break.</summary>
    Paste,

    /// <summary>Enter: ends the line.</summary>
    Enter,

    /// <summary>Alt-Enter: begins a new line of the text.</summary>
    NewRow,

    /// <summary>Ctrl-D: deletes the next character; in an empty text, ends the input.</summary>
    DeleteOrEnd,

    /// <summary>Tab: the next completion.</summary>
    Complete,

    /// <summary>Shift-Tab: the previous completion.</summary>
    CompleteBack,

    /// <summary>Up: the line above in the text; in the first line, the text entered before the shown one.</summary>
    PreviousHistory,

    /// <summary>Down: the line below in the text; in the last line, the text entered after the shown one.</summary>
    NextHistory,

    /// <summary>Ctrl-R: searches the history, the next older entry.</summary>
    SearchBack,

    /// <summary>Ctrl-S: the next newer entry.</summary>
    SearchForward,

    /// <summary>Ctrl-G: ends a search without its result.</summary>
    Abort,

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

    /// <summary>Ctrl-W: deletes back to the previous space.</summary>
    UnixWordRubout,

    /// <summary>Ctrl-U: deletes to the start of the line.</summary>
    UnixLineDiscard,

    /// <summary>Ctrl-K: deletes to the end of the line.</summary>
    KillLine,

    /// <summary>Ctrl-Y: inserts the text that was deleted last, unless a single character was deleted.</summary>
    Yank,

    /// <summary>Alt-Y: after a yank, replaces the yanked text by the one killed before it.</summary>
    YankPop,

    /// <summary>Ctrl-_: takes the last edit back.</summary>
    Undo,

    /// <summary>Alt-/: makes the edit again that was taken back last.</summary>
    Redo,

    /// <summary>Ctrl-L: clears the screen but keeps the line.</summary>
    ClearScreen,

    /// <summary>Esc alone: answers no.</summary>
    Escape,

    /// <summary>Not a key: the answer of the terminal to CSI 6 n, with the position of the cursor.</summary>
    CursorPosition,

    /// <summary>Not a key: the terminal's window has the focus now.</summary>
    FocusGained,

    /// <summary>Not a key: the terminal's window has lost the focus.</summary>
    FocusLost,
}
