using System.Formats.Tar;
using System.IO.Compression;

namespace ThreadedChat.ChatRelease.Packing;

/// <summary>
/// Writes a folder into an archive that depends only on the names, the contents and the execute bits of its files: not on the
/// order on the disk, on the owner or on the time.
/// </summary>
internal static class Archive
{
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const int RegularFile = 0x8000; // S_IFREG

    /// <param name="folder">Becomes the one folder in the archive.</param>
    /// <param name="archive">A new file; a name with .zip makes a zip file, any other a compressed tar file.</param>
    /// <param name="time">The time of all files.</param>
    public static void Write(string folder, string archive, DateTimeOffset time)
    {
        string root = Path.GetDirectoryName(Path.GetFullPath(folder))!;
        (string Name, string Path)[] files =
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => (Name: Path.GetRelativePath(root, Path.GetFullPath(file)).Replace('\\', '/'), Path: file))
                .OrderBy(file => file.Name, StringComparer.Ordinal),
        ];
        using FileStream target = File.Create(archive);
        if (archive.EndsWith(".zip", StringComparison.Ordinal))
        {
            WriteZip(files, target, time);
        }
        else
        {
            WriteTar(files, target, time);
        }
    }

    private static void WriteTar((string Name, string Path)[] files, FileStream target, DateTimeOffset time)
    {
        using var compressed = new GZipStream(target, CompressionLevel.SmallestSize);
        using var tar = new TarWriter(compressed, TarEntryFormat.Ustar);
        foreach ((string name, string path) in files)
        {
            using FileStream contents = File.OpenRead(path);
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { ModificationTime = time, Mode = ModeOf(path), DataStream = contents });
        }
    }

    private static void WriteZip((string Name, string Path)[] files, FileStream target, DateTimeOffset time)
    {
        using var zip = new ZipArchive(target, ZipArchiveMode.Create);
        foreach ((string name, string path) in files)
        {
            ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.SmallestSize);
            entry.LastWriteTime = time.ToUniversalTime();
            entry.ExternalAttributes = (RegularFile | (int)ModeOf(path)) << 16;
            using Stream contents = entry.Open();
            using FileStream file = File.OpenRead(path);
            file.CopyTo(contents);
        }
    }

    private static UnixFileMode ModeOf(string path) =>
        !OperatingSystem.IsWindows() && File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute) ? Executable : Plain;
}
