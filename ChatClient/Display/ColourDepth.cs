namespace ThreadedChat.ChatClient.Display;

/// <summary>The number of colours of a terminal.</summary>
internal enum ColourDepth
{
    /// <summary>None, though bold and reverse may work.</summary>
    None,

    /// <summary>The eight of ECMA-48.</summary>
    Eight,

    /// <summary>The palette of 256, or more.</summary>
    Palette,
}
