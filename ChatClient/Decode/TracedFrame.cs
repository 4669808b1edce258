namespace ThreadedChat.ChatClient.Decode;

/// <summary>One frame of a traced stream, or what there is of it.</summary>
/// <param name="Shown">Its text as the trace shows it, without quotation marks.</param>
/// <param name="TextLength">The length of the text in bytes.</param>
/// <param name="Size">How many bytes of it there are; less than a whole frame at the end of a stream.</param>
/// <param name="Text">The bytes of the text; null if they cannot be told from <paramref name="Shown"/>.</param>
internal sealed record TracedFrame(string Shown, int TextLength, int Size, byte[]? Text);
