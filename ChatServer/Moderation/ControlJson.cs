using System.Text.Json.Serialization;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>The JSON of a request on the control socket: an array of words. Generated, so that it needs no reflection in a native program.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class ControlJson : JsonSerializerContext;
