namespace Cairn.Core.Provenance;

public enum VerifiedState
{
    /// <summary>The bytes are those recorded.</summary>
    Same,
    Changed,
    Missing,

    /// <summary>An address, or a folder: there are no bytes here to compare.</summary>
    NotHere,
}

/// <summary>One file compared with its record.</summary>
/// <param name="Role">"input", "output" or "record" (a file of the run's folder).</param>
/// <param name="Now">SHA-256 of the bytes there now; null when there are none.</param>
public sealed record VerifiedFile(string Role, string Run, string Path, string Recorded, string? Now, VerifiedState State);

/// <summary>What was compared with the record, and what does not match.</summary>
/// <param name="Head">The last line of the journal. Noted elsewhere, it shows later whether the end of the journal was cut off.</param>
public sealed record Verification(string Of, IReadOnlyList<VerifiedFile> Files, IReadOnlyList<Problem> Problems, JournalHead Head)
{
    public bool Holds => Problems.Count == 0;
}
