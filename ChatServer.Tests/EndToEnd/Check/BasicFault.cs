namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>What can be wrong with the programs of part 0: one thing at a time.</summary>
public enum BasicFault
{
    None,
    ServerPrintsNothing,
    ServerStopsAfterFirst,
    ServerServesAllAtOnce,
    ServerReadsOnce,
    ServerCutsLong,
    ServerDiesOnReset,
    ClientSendsNothing,
    ClientStaysConnected,
    ClientCutsLong,
}
