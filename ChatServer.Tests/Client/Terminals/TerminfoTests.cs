using System.Buffers.Binary;
using ThreadedChat.ChatClient.Terminals;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Client.Terminals;

[TestClass]
public sealed class TerminfoTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("threadedchat-");

    [TestCleanup]
    public void DeleteFolder() => _folder.Remove();

    [TestMethod]
    [DataRow(8, false, 8)]
    [DataRow(256, false, 256)]
    [DataRow(-1, false, 0)]
    [DataRow(0x1000000, true, 0x1000000)]
    [DataRow(-1, true, 0)]
    public void The_number_of_colours_is_read_from_both_kinds_of_entries(int stored, bool isWide, int colours)
    {
        Write("x/xterm-test", Entry(stored, isWide));

        Assert.AreEqual(colours, Terminfo.Colours("xterm-test", [_folder.FullName]));
    }

    [TestMethod]
    public void An_entry_without_that_number_has_no_colours()
    {
        byte[] entry = Entry(256, isWide: false);
        entry[6] = 5; // the count of numbers
        Write("x/xterm-test", entry);

        Assert.AreEqual(0, Terminfo.Colours("xterm-test", [_folder.FullName]));
    }

    [TestMethod]
    public void A_folder_may_have_the_number_of_the_first_letter_as_its_name()
    {
        Write("78/xterm-test", Entry(8, isWide: false));

        Assert.AreEqual(8, Terminfo.Colours("xterm-test", [_folder.FullName]));
    }

    [TestMethod]
    public void The_first_folder_with_an_entry_decides()
    {
        Write("one/x/xterm-test", Entry(8, isWide: false));
        Write("two/x/xterm-test", Entry(256, isWide: false));
        string root = _folder.FullName;

        Assert.AreEqual(8, Terminfo.Colours("xterm-test", [Path.Combine(root, "none"), Path.Combine(root, "one"), Path.Combine(root, "two")]));
    }

    [TestMethod]
    [DataRow("../x/xterm-test")]
    [DataRow("xterm-none")]
    [DataRow(".")]
    [DataRow("")]
    public void A_terminal_without_an_entry_is_unknown(string term)
    {
        Write("x/xterm-test", Entry(8, isWide: false));

        Assert.IsNull(Terminfo.Colours(term, [_folder.FullName]));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(5)]
    [DataRow(12)]
    [DataRow(30)]
    public void A_truncated_entry_is_unknown(int length)
    {
        Write("x/xterm-test", Entry(8, isWide: false)[..length]);

        Assert.IsNull(Terminfo.Colours("xterm-test", [_folder.FullName]));
    }

    [TestMethod]
    public void Folders_of_the_environment_come_before_those_of_the_system()
    {
        string?[] folders = [.. Terminfo.Folders(name => name switch { "TERMINFO" => "/t", "HOME" => "/h", "TERMINFO_DIRS" => "/a::/b", _ => null })];

        Assert.AreSequenceEqual(["/t", "/h/.terminfo", "/a", "/b", "/etc/terminfo"], folders.Take(5));
    }

    private void Write(string path, byte[] entry)
    {
        string file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, entry);
    }

    /// <summary>A name, three flags (so a byte stands before the numbers to make their place even), and 14 numbers.</summary>
    private static byte[] Entry(int colours, bool isWide)
    {
        byte[] name = "xterm-test|a terminal\0"u8.ToArray();
        const int Flags = 3;
        const int Numbers = 14;
        int width = isWide ? 4 : 2;
        int start = 12 + name.Length + Flags;
        start += start % 2;
        var entry = new byte[start + (Numbers * width)];
        short[] header = [(short)(isWide ? 0x21E : 0x11A), (short)name.Length, Flags, Numbers, 0, 0];
        for (int i = 0; i < header.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(entry.AsSpan(i * 2), header[i]);
        }

        name.CopyTo(entry, 12);
        Span<byte> last = entry.AsSpan(start + ((Numbers - 1) * width));
        if (isWide)
        {
            BinaryPrimitives.WriteInt32LittleEndian(last, colours);
        }
        else
        {
            BinaryPrimitives.WriteInt16LittleEndian(last, (short)colours);
        }

        return entry;
    }
}
