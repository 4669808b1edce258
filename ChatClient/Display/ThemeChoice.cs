namespace ThreadedChat.ChatClient.Display;

/// <summary>The values of <c>--theme</c>.</summary>
internal enum ThemeChoice
{
    /// <summary>Colours for any background.</summary>
    Auto,

    /// <summary>For a dark background.</summary>
    Dark,

    /// <summary>For a light background.</summary>
    Light,

    /// <summary>None.</summary>
    None,
}
