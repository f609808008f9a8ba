namespace Cairn.Peeking;

/// <summary>What kind of file it is by its first bytes, which do not lie, and by its name where they say nothing.</summary>
internal static class FileKind
{
    public const string Text = "text";
    public const string Zip = "zip";
    public const string Tar = "tar";
    public const string Parquet = "parquet";
    public const string JsonLines = "json lines";

    public static string Of(string path)
    {
        Span<byte> head = stackalloc byte[512];
        using FileStream file = File.OpenRead(path);
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        string name = Path.GetFileName(path);
        if (head.StartsWith("PK"u8) && head.Length > 4 && head[2] is 3 or 5)
        {
            return Zip;
        }

        if (head.StartsWith("PAR1"u8))
        {
            return Parquet;
        }

        if (head.Length > 262 && head[257..].StartsWith("ustar"u8))
        {
            return Tar;
        }

        bool gzip = head.Length > 2 && head[0] == 0x1f && head[1] == 0x8b;
        if (gzip && (name.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase)))
        {
            return Tar;
        }

        string plain = gzip && name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
        return plain.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) || plain.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) ? JsonLines : Text;
    }

    public static bool IsGzip(string path)
    {
        using FileStream file = File.OpenRead(path);
        return file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
    }
}
