namespace ThreadedChat.ChatServer.History;

/// <summary>What a channel holds of a <see cref="HistoryRoom"/>.</summary>
/// <param name="Round">For which filling of the space this holds.</param>
/// <param name="Bytes">Bytes that it has taken.</param>
/// <param name="Number">Its number among those that need a share; 0 for none.</param>
internal readonly record struct RoomPart(long Round, int Bytes, int Number);
