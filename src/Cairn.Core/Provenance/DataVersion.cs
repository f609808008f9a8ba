namespace Cairn.Core.Provenance;

/// <summary>One version of a file or other data, known by its content.</summary>
/// <param name="Path">Where it was: absolute path, or an address.</param>
/// <param name="Sha256">Lower-case hex of the bytes as stored (compressed, if it is).</param>
/// <param name="Bytes">Size as stored.</param>
/// <param name="Modified">Last change as the file system gives it, UTC.</param>
/// <param name="MediaType">IANA media type, when known.</param>
/// <param name="ChangedWhileRead">The size or time differed after reading: the hash is of the bytes read.</param>
public sealed record DataVersion(string Path, string Sha256, long Bytes, DateTimeOffset? Modified = null, string? MediaType = null, bool ChangedWhileRead = false)
{
    /// <summary>For downloads: the release the server named (ETag, Last-Modified), for the record.</summary>
    public string? Release { get; init; }
}
