using System.Globalization;
using System.Text.RegularExpressions;

namespace Cairn.Tests.Connectors.DarwinCore;

/// <summary>The real archives outside the repository, and what SOURCES.md beside them says each holds.</summary>
internal static partial class SharedArchives
{
    public static string Folder { get; } = Path.Combine(Environment.GetEnvironmentVariable("CAIRN_SHARED") ?? Path.Combine(Repository.Root, "..", "shared"), "darwincore");

    public static bool AreThere => File.Exists(Path.Combine(Folder, "SOURCES.md"));

    public static void SkipWithout() => Assert.SkipUnless(AreThere, $"{Folder} is not there: set CAIRN_SHARED");

    /// <param name="Read">The column "read".</param>
    /// <param name="Peer">What python-dwca-reader gives.</param>
    public static IReadOnlyList<(string Path, string Read, string Peer)> All { get; } = AreThere
        ? [.. File.ReadLines(Path.Combine(Folder, "SOURCES.md")).Select(line => Cells().Split(line)).Where(cells => cells.Length == 10 && cells[6].Trim() is var bytes && long.TryParse(bytes, CultureInfo.InvariantCulture, out _))
            .Select(cells => (cells[1].Trim(), cells[7].Trim(), cells[8].Trim()))]
        : [];

    /// <summary>The tables of an archive: role, row type, first file ("" for none), rows, fields.</summary>
    public static IReadOnlyList<(string Role, string RowType, string File, int Rows, int Fields)> TablesOf(string read) =>
        [.. Table().Matches(read).Select(m => (m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value is "(no location)" ? "" : m.Groups[3].Value.Split('+')[0],
            int.Parse(m.Groups[4].Value, CultureInfo.InvariantCulture), int.Parse(m.Groups[5].Value, CultureInfo.InvariantCulture)))];

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Cells();

    [GeneratedRegex(@"(core|extension) (\S+) (\(no location\)|\S+): \*\*(\d+) rows\*\*, (\d+) fields")]
    private static partial Regex Table();
}
