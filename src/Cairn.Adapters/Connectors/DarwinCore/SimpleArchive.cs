using System.IO.Compression;
using Cairn.Adapters.Archives;
using Cairn.Adapters.DelimitedText;
using Cairn.Core;
using Cairn.Core.Tables;

namespace Cairn.Adapters.Connectors.DarwinCore;

/// <summary>
/// A table without a descriptor (Darwin Core text guide, section 2: a single file whose first row names terms): which of the files it is, how it is
/// written, and what its header means.
/// </summary>
internal static class SimpleArchive
{
    private static readonly string[] Endings = ["", ".txt", ".csv", ".tsv", ".tab", ".psv", ".dat"];
    private static readonly string[] NoTables = ["readme", "citation", "citations", "rights", "license", "licence", "changelog"];
    private static readonly (string Id, string RowType)[] Kinds = [("occurrenceID", "Occurrence"), ("taxonID", "Taxon"), ("eventID", "Event")];
    private static readonly string[] Ids = ["occurrenceID", "taxonID", "eventID", "identifier", "id"];

    /// <param name="named">The file a flow asks for by name; null for the only one.</param>
    /// <returns>The table, with the member's full name as its location.</returns>
    public static ArchiveTable Find(Container container, string? named, List<Problem> findings, CancellationToken stop)
    {
        ArchiveMember member = Choose(container, named, findings, stop);
        DelimitedFormat format = FormatGuess.Of(() => Opened(container, member, stop), stop);
        var file = new DelimitedFile(member.Name, () => container.Read(member, stop));
        IReadOnlyList<string> header = DelimitedReader.FirstRow(file, format, stop) ?? throw new ProblemException(new Problem("darwin-core/no-table", ProblemKind.Refused,
            $"{container.Name} has no meta.xml, and {member.Name}, which would be its table, is empty", new FilePlace(container.Name), "fetch or export it again"));

        TableLayout layout = Headers.Layout(header, member.Name, 1);
        findings.AddRange(layout.Findings);
        List<ArchiveField> fields = [.. layout.Columns.Select((c, i) => new ArchiveField(i, Vocabulary.Term(header[i]) ?? "") { Name = c.Name })];
        if (fields.All(f => f.Term.Length == 0))
        {
            findings.Add(new Problem("darwin-core/header-without-terms", ProblemKind.Finding,
                $"{container.Name}: the first row of {member.Name} names no Darwin Core term; it was taken as the header all the same", new FilePlace(container.Name), "if it is a row of data, read the file with delimited and header: false"));
        }

        int? Column(string term) => fields.FirstOrDefault(f => Vocabulary.ShortName(f.Term).Equals(term, StringComparison.OrdinalIgnoreCase) || f.Name!.Equals(term, StringComparison.OrdinalIgnoreCase))?.Index;
        string kind = Kinds.FirstOrDefault(k => Column(k.Id) is not null).RowType ?? "";
        return new ArchiveTable(ArchiveTableRole.Core, kind.Length > 0 ? Vocabulary.DarwinCore + kind : "", [member.Name], fields, Ids.Select(Column).FirstOrDefault(i => i is not null))
        {
            FieldsTerminatedBy = format.Separator,
            FieldsEnclosedBy = format.Quote ?? "",
            Encoding = format.Encoding.WebName,
            IgnoreHeaderLines = 1,
        };
    }

    // The table lies at the top; files in folders below are counted only when there is none there.
    private static ArchiveMember Choose(Container container, string? named, List<Problem> findings, CancellationToken stop)
    {
        IReadOnlyList<ArchiveMember> members = container.Members(stop);
        if (named is not null && members.FirstOrDefault(m => m.Name.Equals(named, StringComparison.OrdinalIgnoreCase) || m.File.Equals(named, StringComparison.OrdinalIgnoreCase)) is { } asked)
        {
            return asked;
        }

        List<ArchiveMember> tables = container.IsSingleFile ? [.. members] : [.. members.Where(MayBeTable)];
        List<ArchiveMember> top = [.. tables.Where(t => t.Depth == tables.Min(m => m.Depth))];
        if (top.Count > 1)
        {
            List<ArchiveMember> withTerms = [.. top.Where(t => NamesTerms(container, t, stop))];
            top = withTerms.Count > 0 ? withTerms : top;
        }

        if (top.Count == 1)
        {
            if (members.Count > 1)
            {
                string others = tables.Count > 1 ? $", not {Listed(tables.Except(top))}" : "";
                findings.Add(new Problem("darwin-core/no-descriptor", ProblemKind.Finding, $"{container.Name} has no meta.xml; {top[0].Name} was taken as its table{others}", new FilePlace(container.Name)));
            }

            return top[0];
        }

        ArchiveMember? inner = members.FirstOrDefault(m => m.Name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase));
        throw new ProblemException(top.Count == 0
            ? new Problem("darwin-core/no-table", ProblemKind.Refused, $"{container.Name} has neither a meta.xml nor a file that could be a table", new FilePlace(container.Name),
                inner is null ? "check that it is a Darwin Core archive" : $"unpack it, and read {inner.Name}, which lies in it")
            {
                Details = [.. members.Take(10).Select(m => m.Name)],
            }
            : new Problem("darwin-core/several-tables", ProblemKind.Refused, $"{container.Name} has no meta.xml, and {top.Count} files that could be its table: {Listed(top)}", new FilePlace(container.Name),
                $"name one: table: {top[0].File}"));
    }

    private static bool MayBeTable(ArchiveMember member) =>
        Endings.Contains(Path.GetExtension(Bare(member.File)).ToLowerInvariant()) && !NoTables.Contains(Path.GetFileNameWithoutExtension(Bare(member.File)).ToLowerInvariant());

    private static string Bare(string file) => file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file;

    private static bool NamesTerms(Container container, ArchiveMember member, CancellationToken stop)
    {
        DelimitedFormat format = FormatGuess.Of(() => Opened(container, member, stop), stop);
        return DelimitedReader.FirstRow(new DelimitedFile(member.Name, () => container.Read(member, stop)), format, stop)?.Any(name => Vocabulary.Term(name) is not null) == true;
    }

    // Only to look at its beginning: the reading itself verifies the gz.
    private static Stream Opened(Container container, ArchiveMember member, CancellationToken stop)
    {
        using (Stream look = container.Read(member, stop))
        {
            if (look.ReadByte() != 0x1f || look.ReadByte() != 0x8b)
            {
                return container.Read(member, stop);
            }
        }

        return new GZipStream(container.Read(member, stop), CompressionMode.Decompress);
    }

    private static string Listed(IEnumerable<ArchiveMember> members)
    {
        List<string> names = [.. members.Select(m => m.Name)];
        return names.Count <= 4 ? string.Join(", ", names) : string.Join(", ", names.Take(3)) + $" and {names.Count - 3} more";
    }
}
