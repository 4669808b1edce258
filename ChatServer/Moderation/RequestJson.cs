using System.Text.Json.Serialization;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>The words of a request to the control socket, in JSON. Generated, because programs that are compiled ahead of time have no reflection for it.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class RequestJson : JsonSerializerContext;
