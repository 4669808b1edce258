namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>What can be wrong with a client: one thing at a time.</summary>
public enum ClientFault
{
    None,
    SendsNoName,
    NoPadding,
    PadsWithZeros,
    FrameOneByteLong,
    FullLineOneByteLong,
    KeepsCommands,
    SendsOnlyFirstLine,
    NeverReadsBeforeTyping,
    StopsSendingAfterMessage,
    NoPromptAtStart,
    NoPromptAfterLine,
    NoPromptAfterMessage,
    NoNewline,
    DoesNotWipe,
    PrintsPadding,
    PrintsHalfFrames,
    OneMessagePerReceive,
    ListInOneLine,
    CutsLongMessages,
    SilentDisconnect,
    StaysAfterDisconnect,
    CannotConnectSilent,
    CannotConnectStays,
    ResetSilent,
    HalfAtEndShown,
    LastWordsLost,
    NeverFlushes,
}
