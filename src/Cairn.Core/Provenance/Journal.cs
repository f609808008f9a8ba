using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cairn.Core.Provenance;

/// <summary>What a line of the journal says happened.</summary>
public enum JournalEvent
{
    /// <summary>A run was closed with this manifest.</summary>
    Closed,

    /// <summary>A run was removed on purpose.</summary>
    Pruned,
}

/// <summary>One line of the journal.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Run">The run's folder below <c>.cairn/runs</c>.</param>
/// <param name="Sha256">Of the run's <c>run.json</c>; for a run that was pruned before it was closed, sixty-four zeros.</param>
/// <param name="Previous">SHA-256 of the line before, without its line feed; sixty-four zeros on the first.</param>
public sealed record JournalEntry(long Sequence, DateTimeOffset Time, JournalEvent Event, string Run, string Sha256, string Previous)
{
    /// <summary>The line, without its line feed: six fields between tabs.</summary>
    public string Line => string.Join('\t', Sequence.ToString(CultureInfo.InvariantCulture), Time.UtcDateTime.ToString(JournalLine.TimeForm, CultureInfo.InvariantCulture), JournalLine.Word(Event), Run, Sha256, Previous);

    public JournalHead Head => new(Sequence, JournalLine.HashOf(Line));
}

/// <summary>The last line at some moment: its number and SHA-256.</summary>
public sealed record JournalHead(long Sequence, string Sha256)
{
    /// <summary>Before the first line.</summary>
    public static readonly JournalHead Start = new(0, JournalLine.NoHash);
}

/// <summary>How lines of the journal are written and read.</summary>
public static class JournalLine
{
    public const string NoHash = "0000000000000000000000000000000000000000000000000000000000000000";
    internal const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string HashOf(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));

    /// <summary>Null when it is not a line of a journal.</summary>
    public static JournalEntry? Parse(string line)
    {
        string[] parts = line.Split('\t');
        if (parts.Length != 6
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long sequence)
            || !DateTimeOffset.TryParseExact(parts[1], TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            || EventOf(parts[2]) is not { } what
            || parts[4].Length != 64 || parts[5].Length != 64)
        {
            return null;
        }

        return new JournalEntry(sequence, time, what, parts[3], parts[4], parts[5]);
    }

    internal static string Word(JournalEvent what) => what == JournalEvent.Closed ? "closed" : "pruned";

    private static JournalEvent? EventOf(string word) => word switch
    {
        "closed" => JournalEvent.Closed,
        "pruned" => JournalEvent.Pruned,
        _ => null,
    };
}
