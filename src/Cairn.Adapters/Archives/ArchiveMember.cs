namespace Cairn.Adapters.Archives;

/// <summary>A file inside an archive, or of a folder that is read as one.</summary>
/// <param name="Name">Its full path inside, with <c>/</c> between the parts; checked by <see cref="MemberName"/>.</param>
/// <param name="Size">Bytes of its content, not compressed.</param>
/// <param name="Modified">ISO 8601, to the second; with a Z where the archive gives universal time, without where it gives none (zip); empty when it gives no time.</param>
public sealed record ArchiveMember(string Name, long Size, string Modified)
{
    /// <summary>Its place among the archive's files, from 0.</summary>
    public int Index { get; init; }

    /// <summary>The last part of the name.</summary>
    public string File => Name[(Name.LastIndexOf('/') + 1)..];

    /// <summary>The name without its last part and the <c>/</c> before it; empty at the top.</summary>
    public string Folder => Name.LastIndexOf('/') is >= 0 and int slash ? Name[..slash] : "";

    /// <summary>How many folders deep it lies.</summary>
    public int Depth => Name.AsSpan().Count('/');
}

/// <summary>How far an archive is trusted before it is taken for one made to fill disks and memory.</summary>
/// <param name="LargestRatio">Most bytes of content for one byte stored.</param>
/// <param name="LargestText">Most bytes of content of one member; null for no limit.</param>
public sealed record ArchiveLimits(double LargestRatio = 1000, long? LargestText = null)
{
    // Below this a ratio says nothing: a small file of one repeated letter is no danger.
    private const long Harmless = 16 << 20;

    /// <summary>Is a member's content over a limit? The reason, or null.</summary>
    public string? Exceeded(long content, long stored) =>
        LargestText is { } most && content > most ? $"holds more than {most:N0} bytes, the limit set by largest_text" : RatioExceeded(content, stored);

    /// <summary>Is this too much content for so many stored bytes? The reason, or null.</summary>
    public string? RatioExceeded(long content, long stored) => content > Harmless && content > LargestRatio * Math.Max(stored, 1)
        ? $"unpacks to more than {LargestRatio:N0} times its size, as files do that are made to fill a disk"
        : null;
}
