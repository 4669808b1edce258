using System.Globalization;
using ThreadedChat.ChatRelease.Manual;
using ThreadedChat.ChatRelease.Packing;

// A part of scripts/release.sh, which checks the arguments of users: here they are as the script writes them.
switch (args)
{
    case ["manual", var folder, var version, var seconds, var documents]:
        ManualFolder.Write(folder, version, Epoch(seconds), documents);
        return 0;

    case ["pack", var folder, var archive, var seconds]:
        Archive.Write(folder, archive, Epoch(seconds));
        return 0;

    case ["dependencies", var file, var seconds, var runtime, var commit]:
        DependencyList.Finish(file, Epoch(seconds), runtime, commit);
        return 0;

    default:
        Console.Error.WriteLine("""
            usage: ChatRelease manual FOLDER VERSION SECONDS DOCUMENTS
                   ChatRelease pack FOLDER ARCHIVE SECONDS
                   ChatRelease dependencies FILE SECONDS RUNTIME-VERSION COMMIT
            """);
        return 2;
}

static DateTimeOffset Epoch(string seconds) => DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture));
