namespace ThreadedChat.ChatClient.Display;

/// <summary>How many colours a terminal shows.</summary>
internal enum ColourDepth
{
    /// <summary>None. Bold and reverse may work all the same.</summary>
    None,

    /// <summary>The eight of ECMA-48.</summary>
    Eight,

    /// <summary>The palette of 256, or more.</summary>
    Palette,
}
