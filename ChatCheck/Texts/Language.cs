namespace ThreadedChat.ChatCheck.Texts;

/// <summary>The languages a report can be in.</summary>
internal enum Language
{
    /// <summary>The default.</summary>
    English,

    /// <summary>Brazilian Portuguese: <c>--lang pt-BR</c>.</summary>
    Portuguese,
}
