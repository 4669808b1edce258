namespace ThreadedChat.ChatRelease.Manual;

/// <summary>Writes the manual pages and the completions of all programs.</summary>
internal static class ManualFolder
{
    /// <summary>Creates <paramref name="folder"/>/man/man1 and <paramref name="folder"/>/completions.</summary>
    /// <param name="folder">Where to write.</param>
    /// <param name="version">For the foot of the pages.</param>
    /// <param name="date">For the foot of the pages.</param>
    /// <param name="documents">The folder of options.md.</param>
    public static void Write(string folder, string version, DateTimeOffset date, string documents)
    {
        string options = File.ReadAllText(Path.Combine(documents, "options.md"));
        foreach (ShippedProgram program in ShippedProgram.All)
        {
            var exits = ExitCodes.Read(options, program.Heading);
            Write(folder, $"man/man1/{program.Name}.1", ManualPage.Format(program, exits, version, date));
            Write(folder, $"completions/bash/{program.Name}", BashCompletion.Format(program));
            Write(folder, $"completions/zsh/_{program.Name}", ZshCompletion.Format(program));
            Write(folder, $"completions/fish/{program.Name}.fish", FishCompletion.Format(program));
        }
    }

    private static void Write(string folder, string file, string text)
    {
        string path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
