using Cairn.Adapters.Archives;
using Cairn.Adapters.DelimitedText;
using Cairn.Core;

namespace Cairn.Adapters.Connectors.DarwinCore;

/// <summary>What an archive holds, as <c>cairn peek</c> shows it.</summary>
/// <param name="Descriptor">The meta.xml it was read from, as named inside the archive; null when there is none and the table was found.</param>
/// <param name="Metadata">The metadata document, as the descriptor names it; null when it names none.</param>
/// <param name="Tables">The core first.</param>
public sealed record ArchiveDescription(string? Descriptor, string? Metadata, IReadOnlyList<ArchiveTable> Tables, IReadOnlyList<Problem> Findings);

/// <summary>
/// A Darwin Core archive that is open: its files, and the tables its descriptor gives. Whatever form it has (folder, zip, tar, tar.gz, a file alone),
/// wherever in it meta.xml lies.
/// </summary>
public sealed class DarwinCoreArchive : IDisposable
{
    private const int LargestDescriptor = 8 << 20;
    private readonly string _base;
    private readonly List<Problem> _findings;

    private DarwinCoreArchive(Container container, string? descriptor, string? metadata, IReadOnlyList<ArchiveTable> tables, List<Problem> findings)
    {
        Container = container;
        Descriptor = descriptor;
        Metadata = metadata;
        Tables = tables;
        _findings = findings;
        _base = descriptor is null || !descriptor.Contains('/') ? "" : descriptor[..(descriptor.LastIndexOf('/') + 1)];
    }

    public Container Container { get; }

    /// <summary>The name of its meta.xml; null when it has none.</summary>
    public string? Descriptor { get; }

    /// <summary>The metadata document as the descriptor names it.</summary>
    public string? Metadata { get; }

    public IReadOnlyList<ArchiveTable> Tables { get; }

    /// <summary>What was seen while it was opened.</summary>
    public IReadOnlyList<Problem> Findings => [.. Container.Findings, .. _findings];

    /// <summary>Says what an archive holds, without reading its rows. Throws <see cref="ProblemException"/> as <see cref="Open"/> does.</summary>
    public static ArchiveDescription Describe(string path, CancellationToken stop = default)
    {
        using DarwinCoreArchive archive = Open(path, path, new ArchiveLimits(), null, stop);
        return new ArchiveDescription(archive.Descriptor, archive.Metadata, [.. archive.Tables.OrderBy(t => t.Role)], archive.Findings);
    }

    /// <summary>
    /// Opens an archive. Throws <see cref="ProblemException"/> when there is none, when it is damaged, when its descriptor cannot be read, or when it has no
    /// descriptor and not exactly one table.
    /// </summary>
    /// <param name="name">As the user named it.</param>
    /// <param name="table">The table wanted: without a descriptor it may name one of several files.</param>
    public static DarwinCoreArchive Open(string path, string name, ArchiveLimits limits, string? table, CancellationToken stop)
    {
        Container container = Container.Open(path, name, limits, single: true);
        try
        {
            var findings = new List<Problem>();
            if (FindDescriptor(container, findings, stop) is not { } member)
            {
                ArchiveTable found = SimpleArchive.Find(container, table, findings, stop);
                return new DarwinCoreArchive(container, null, null, [found], findings);
            }

            Descriptor descriptor = DescriptorReader.Read(container.ReadSmall(member, LargestDescriptor, stop), $"{name}/{member.Name}");
            findings.AddRange(descriptor.Findings);
            return new DarwinCoreArchive(container, member.Name, descriptor.Metadata, descriptor.Tables, findings);
        }
        catch
        {
            container.Dispose();
            throw;
        }
    }

    public void Dispose() => Container.Dispose();

    /// <summary>The table a flow names: core, a row type (short or whole), or a file with or without its ending; in any letter case.</summary>
    public ArchiveTable Table(string? named, Place? place)
    {
        ArchiveTable? core = Tables.FirstOrDefault(t => t.Role == ArchiveTableRole.Core);
        if (named is null || named.Equals("core", StringComparison.OrdinalIgnoreCase))
        {
            return core ?? (Tables.Count == 1 ? Tables[0] : throw NoTable($"{Container.Name} has no core, but {Tables.Count} tables", "darwin-core/no-core", $"name one: table: {Tables[0].Key}"));
        }

        List<ArchiveTable> fitting = [.. Tables.Where(t => Fits(t, named))];
        List<ArchiveTable> exact = [.. fitting.Where(t => t.Key.Equals(named, StringComparison.OrdinalIgnoreCase))];
        return fitting.Count == 1 ? fitting[0]
            : exact.Count == 1 ? exact[0]
            : fitting.Count == 0 ? throw NoTable($"{Container.Name} has no table `{named}`", "darwin-core/no-such-table", Help(named))
            : throw NoTable($"{Container.Name} has {fitting.Count} tables that `{named}` may mean", "darwin-core/table-not-certain", $"name its file: table: {fitting.FirstOrDefault(t => t.Locations.Count > 0)?.Locations[0]}");

        ProblemException NoTable(string message, string code, string? help) => new(new Problem(code, ProblemKind.Refused, message, place, help)
        {
            Details = [.. Tables.Select(t => $"{t.Key}: {t.Description}")],
        });
    }

    /// <summary>The table's files as the reader of delimited text opens them. Throws <see cref="ProblemException"/> when one is not there.</summary>
    public IReadOnlyList<DelimitedFile> Files(ArchiveTable table, List<Problem> findings, CancellationToken stop) =>
        [.. table.Locations.Select(location =>
        {
            ArchiveMember member = Member(location, findings, stop);
            string name = Container is { Name: var archive } && Container.PathOf(member) is null ? $"{archive}/{member.Name}" : Container.PathOf(member)!;
            return Container.PathOf(member) is { } path
                ? DelimitedFile.At(path, name)
                : new DelimitedFile(name, () => Container.Read(member, stop)) { Length = member.Size };
        })];

    /// <summary>The member a location means, relative to the descriptor; null when there is none.</summary>
    internal ArchiveMember? FindMember(string location, List<Problem> findings, CancellationToken stop)
    {
        IReadOnlyList<ArchiveMember> members = Container.Members(stop);
        if (Descriptor is null)
        {
            return members.FirstOrDefault(m => m.Name == location);
        }

        foreach (string written in (string[])[location, Uri.UnescapeDataString(location)])
        {
            string wanted = Resolved(written, location);
            if (members.FirstOrDefault(m => m.Name == wanted) is { } exact)
            {
                return exact;
            }

            List<ArchiveMember> near = [.. members.Where(m => m.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase))];
            if (near.Count == 1)
            {
                findings.Add(Finding("darwin-core/location-case", $"{Container.Name}: the descriptor says {location}, the file is named {near[0].Name}"));
                return near[0];
            }
        }

        return null;
    }

    private ArchiveMember Member(string location, List<Problem> findings, CancellationToken stop)
    {
        if (Vocabulary.IsFull(location))
        {
            throw new ProblemException(new Problem("darwin-core/location-address", ProblemKind.Refused,
                $"{Container.Name}: the descriptor names {location}, which does not lie in the archive; addresses inside an archive are not followed", new FilePlace(Container.Name),
                location.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? $"read it as a table of its own: delimited: {{ path: {location} }}" : "fetch it, and read it with delimited"));
        }

        if (FindMember(location, findings, stop) is { } member)
        {
            return member;
        }

        IReadOnlyList<ArchiveMember> members = Container.Members(stop);
        string? near = DidYouMean.Of(location, members.Select(m => m.Name));
        throw new ProblemException(new Problem("darwin-core/no-such-file", ProblemKind.Refused, $"{Container.Name} has no file {_base}{location}, which its descriptor names", new FilePlace(Container.Name),
            near is null ? "correct the descriptor, or fetch the archive again" : $"correct the descriptor: there is {near}")
        {
            Details = [.. members.Take(10).Select(m => m.Name), .. members.Count > 10 ? (string[])[$"and {members.Count - 10:N0} more"] : []],
        });
    }

    // A location may climb out of the descriptor's folder, but not out of the archive.
    private string Resolved(string written, string location)
    {
        var parts = new List<string>();
        foreach (string part in (_base + written.Replace('\\', '/')).Split('/'))
        {
            if (part == ".." && parts.Count == 0)
            {
                throw new ProblemException(new Problem("archive/unsafe-name", ProblemKind.Refused, $"{Container.Name}: the descriptor names {location}, which leads out of the archive; it was not read",
                    new FilePlace(Container.Name), "do not trust it; ask its maker for another"));
            }

            if (part == "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    private string Help(string named)
    {
        IEnumerable<string> words = Tables.SelectMany(t => (string[])[t.Key, t.ShortRowType, .. t.Locations]).Distinct();
        return DidYouMean.Of(named, words) is { } near ? $"did you mean `{near}`?" : $"name one of them: table: {Tables[0].Key}";
    }

    private static bool Fits(ArchiveTable table, string named) =>
        Same(table.Key, named) || Same(table.RowType, named) || Same(table.ShortRowType, named)
        || table.Locations.Any(l => Same(l, named) || Same(Path.GetFileName(l), named) || Same(Path.GetFileNameWithoutExtension(l), named));

    private static bool Same(string a, string b) => a.Length > 0 && a.Equals(b, StringComparison.OrdinalIgnoreCase);

    // The one that lies highest; what stands deeper belongs to another archive, or to a copy of this one.
    private static ArchiveMember? FindDescriptor(Container container, List<Problem> findings, CancellationToken stop)
    {
        List<ArchiveMember> all = [.. container.Members(stop).Where(m => m.File == "meta.xml").OrderBy(m => m.Depth).ThenBy(m => m.Index)];
        if (all.Count == 0)
        {
            all = [.. container.Members(stop).Where(m => m.File.Equals("meta.xml", StringComparison.OrdinalIgnoreCase)).OrderBy(m => m.Depth).ThenBy(m => m.Index)];
        }

        if (all.Count > 1)
        {
            findings.Add(new Problem("darwin-core/several-descriptors", ProblemKind.Finding, $"{container.Name} has {all.Count} descriptors; {all[0].Name} was read, not {string.Join(", ", all.Skip(1).Take(3).Select(m => m.Name))}",
                new FilePlace(container.Name)));
        }

        return all.FirstOrDefault();
    }

    private Problem Finding(string code, string message) => new(code, ProblemKind.Finding, message, new FilePlace(Container.Name));
}
