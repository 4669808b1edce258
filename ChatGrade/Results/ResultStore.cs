using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ThreadedChat.ChatGrade.Results;

/// <summary>
/// The results of single parts as files, each with a hash of its inputs: an interrupted run continues with
/// them, and an unchanged part is not checked again. Any thread may use it.
/// </summary>
internal sealed class ResultStore(string folder)
{
    private static readonly JsonSerializerOptions Form = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>The result of a part if it was kept under this key; else null.</summary>
    public PartResult? Find(string submission, string part, string key)
    {
        try
        {
            Kept? kept = JsonSerializer.Deserialize<Kept>(File.ReadAllText(PathOf(submission, part)), Form);
            return kept?.Key == key ? kept.Result : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null; // it is checked again
        }
    }

    /// <summary>Keeps the result of a part. A file is whole or not there.</summary>
    public void Keep(string submission, string key, PartResult result)
    {
        string path = PathOf(submission, result.Part);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText($"{path}.new", JsonSerializer.Serialize(new Kept(key, result), Form));
        File.Move($"{path}.new", path, overwrite: true);
    }

    public void Clear()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string PathOf(string submission, string part) => Path.Combine(folder, submission, $"{part}.json");

    /// <summary>The contents of a file.</summary>
    internal sealed record Kept(string Key, PartResult Result);
}
