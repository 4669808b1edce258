using System.Runtime.InteropServices;

namespace ThreadedChat.ChatCheck.Running;

/// <summary>The one call of the system to which .NET has no door.</summary>
internal static partial class CLibrary
{
    private const int KillSignal = 9;

    /// <summary>Ends a whole process group at once; nothing where there is none.</summary>
    public static void KillGroup(int leader) => _ = Kill(-leader, KillSignal);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
