using System.Formats.Tar;
using System.IO.Compression;
using ThreadedChat.ChatRelease.Packing;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Release;

/// <summary>The archives of a release: the same files give the same bytes.</summary>
[TestClass]
public sealed class ArchiveTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 26, 6, 30, 0, TimeSpan.Zero);

    [TestMethod]
    [DataRow("tar.gz")]
    [DataRow("zip")]
    public void The_same_files_give_the_same_bytes_in_any_folder_and_at_any_time(string kind)
    {
        using var first = new FileTree();
        using var second = new FileTree();
        string one = Make(first.Root, ["b.txt", "a/c.txt", "a.txt"], kind, age: 0);
        string other = Make(second.Root, ["a.txt", "a/c.txt", "b.txt"], kind, age: 100);

        Assert.AreSequenceEqual(File.ReadAllBytes(one), File.ReadAllBytes(other));
    }

    [TestMethod]
    public void A_tar_file_has_each_file_with_its_contents_its_mode_and_one_time()
    {
        using var folder = new FileTree();
        using FileStream file = File.OpenRead(Make(folder.Root, ["program", "a/c.txt"], "tar.gz", age: 3));
        using var tar = new TarReader(new GZipStream(file, CompressionMode.Decompress));

        var entries = new List<string>();
        while (tar.GetNextEntry() is { } entry)
        {
            using var text = new StreamReader(entry.DataStream!);
            entries.Add($"{entry.Name} {Convert.ToString((int)entry.Mode, 8)} {entry.Uid} {entry.ModificationTime.ToUnixTimeSeconds() - Time.ToUnixTimeSeconds()} {text.ReadToEnd()}");
        }

        Assert.AreSequenceEqual(["files/a/c.txt 644 0 0 text of a/c.txt", "files/program 755 0 0 text of program"], entries);
    }

    [TestMethod]
    public void A_zip_file_has_each_file_with_its_contents_and_its_mode()
    {
        using var folder = new FileTree();
        using ZipArchive zip = ZipFile.OpenRead(Make(folder.Root, ["program", "a/c.txt"], "zip", age: 3));

        Assert.AreSequenceEqual(
            ["files/a/c.txt 100644 text of a/c.txt", "files/program 100755 text of program"],
            zip.Entries.Select(entry =>
            {
                using var text = new StreamReader(entry.Open());
                return $"{entry.FullName} {Convert.ToString(entry.ExternalAttributes >>> 16, 8)} {text.ReadToEnd()}";
            }));
    }

    private static string Make(string root, string[] files, string kind, int age)
    {
        string folder = Path.Combine(root, "files");
        foreach (string name in files)
        {
            string file = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, $"text of {name}");
            File.SetLastWriteTimeUtc(file, Time.UtcDateTime.AddDays(-age));
            if (name == "program" && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        string archive = Path.Combine(root, $"files.{kind}");
        Archive.Write(folder, archive, Time);
        return archive;
    }
}
