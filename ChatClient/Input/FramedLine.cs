using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Input;

/// <summary>The frames of the client for a line or a part of one.</summary>
/// <param name="Frames">The frames, one after the other; empty if nothing is to be sent.</param>
/// <param name="Command">The control message in the only frame; null for a normal message.</param>
/// <param name="Notice">The text for the user when a line is not sent; else null.</param>
internal readonly record struct FramedLine(byte[] Frames, ControlMessage? Command = null, string? Notice = null);
