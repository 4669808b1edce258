using System.Text.RegularExpressions;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>A test must not fail because a program that it has ended still writes.</summary>
[TestClass]
public sealed partial class FolderRemovalTests
{
    [TestMethod]
    public void A_folder_in_which_somebody_still_writes_is_removed()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("threadedchat-");
        string inner = folder.CreateSubdirectory("inner").FullName;
        using var writes = new ManualResetEventSlim();
        bool isOver = false;
        var writer = new Thread(() =>
        {
            try
            {
                for (int file = 0; !Volatile.Read(ref isOver); file++)
                {
                    File.WriteAllText(Path.Combine(inner, $"{file}"), "");
                    writes.Set();
                }
            }
            catch (IOException)
            {
                // The folder has gone.
            }
        });
        writer.Start();
        writes.Wait();

        try
        {
            folder.Remove();
        }
        finally
        {
            Volatile.Write(ref isOver, true);
        }

        Assert.IsTrue(writer.Join(Limit.Wait));
        Assert.IsFalse(Directory.Exists(folder.FullName));
    }

    [TestMethod]
    public void All_tests_remove_their_folders_in_this_way()
    {
        string[] files = Directory.GetFiles(Path.Combine(Repository.Root, "ChatServer.Tests"), "*.cs", SearchOption.AllDirectories);

        Assert.IsGreaterThan(300, files.Length);
        Assert.AreSequenceEqual(
            ["FolderRemoval.cs", "FolderRemovalTests.cs"],
            files.Where(file => Removal().IsMatch(File.ReadAllText(file))).Select(Path.GetFileName).Order());
    }

    [GeneratedRegex(@"recursive: true|Directory\.Delete\(.*, true\)")]
    private static partial Regex Removal();
}
