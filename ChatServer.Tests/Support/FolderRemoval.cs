namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>How tests remove their folders.</summary>
internal static class FolderRemoval
{
    /// <summary>
    /// Removes <paramref name="folder"/> with all that is in it. A program that has been told to end may still write there, which makes one
    /// attempt fail: another follows, until <see cref="Limit.Wait"/> is over.
    /// </summary>
    public static void Remove(this DirectoryInfo folder)
    {
        Exception? reason = null;
        if (!SpinWait.SpinUntil(() => TryRemove(folder, out reason), Limit.Wait))
        {
            Assert.Fail($"{folder.FullName} cannot be removed: {reason?.Message}");
        }
    }

    private static bool TryRemove(DirectoryInfo folder, out Exception? reason)
    {
        reason = null;
        try
        {
            folder.Refresh();
            if (folder.Exists)
            {
                folder.Delete(recursive: true);
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason = e;
            return false;
        }
    }
}
