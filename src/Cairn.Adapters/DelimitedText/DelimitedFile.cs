using Cairn.Core.Provenance;

namespace Cairn.Adapters.DelimitedText;

/// <summary>One file of a delimited table: a name for problems and how to open its bytes as stored (plain or gz; gz is known by its first bytes).</summary>
/// <param name="Name">As problems and refused rows call it.</param>
/// <param name="Open">Opens it at its first byte; called once for each reading. What it throws is passed on.</param>
public sealed record DelimitedFile(string Name, Func<Stream> Open)
{
    /// <summary>Bytes as stored, for progress; null when not known.</summary>
    public long? Length { get; init; }

    /// <summary>
    /// What to record of it, given hash, size and whether it changed while read; null when it need not be hashed (part of an archive whose
    /// bytes are hashed as a whole).
    /// </summary>
    public Func<StoredBytesRead, DataVersion>? Version { get; init; }

    /// <summary>A file on disk, hashed while it is read, its size and time compared before and after.</summary>
    /// <param name="name">As problems call it; the path itself when null.</param>
    public static DelimitedFile At(string path, string? name = null)
    {
        string full = Path.GetFullPath(path);
        (long Length, DateTime Modified) before = State(full);
        return new DelimitedFile(name ?? path, () => new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan))
        {
            Length = before.Length,
            Version = read => new DataVersion(full, read.Sha256, read.Bytes, before.Modified,
                read.Gzip ? "application/gzip" : "text/plain", State(full) != before || read.Bytes != before.Length),
        };
    }

    private static (long Length, DateTime Modified) State(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.Length, file.LastWriteTimeUtc) : (-1, default);
    }
}

/// <param name="Sha256">Lower-case hex, of the bytes as stored.</param>
/// <param name="Gzip">They were gz.</param>
public sealed record StoredBytesRead(string Sha256, long Bytes, bool Gzip);
