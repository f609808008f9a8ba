using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Cairn.Adapters.DelimitedText;
using Cairn.Adapters.Files;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;
using Cairn.Core.Settings;

namespace Cairn.Adapters.Connectors.DarwinCore;

/// <summary>
/// Writes a Darwin Core archive that conforms to the text guide: a zip, or a folder. Text in UTF-8, tabs between fields, no quotes unless values hold
/// tabs or line ends. The same tables give the same bytes.
/// </summary>
internal sealed class DarwinCoreDestination : IDestination
{
    // A zip's time stamps begin in 1980; a fixed one, because the time of writing is in the run and not in the data.
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly DestinationRequest _request;
    private readonly string _path;
    private readonly IReadOnlyList<TableWish> _wishes;
    private readonly Dictionary<string, (string Term, Place Place)> _terms;

    public DarwinCoreDestination(DestinationRequest request)
    {
        _request = request;
        MapSetting settings = request.Settings;
        _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Text("path")!, request.Folder));
        _wishes = Wishes(settings);
        if (_wishes.GroupBy(w => w.Table.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ProblemException(new Problem("darwin-core/table-twice", ProblemKind.Usage, $"{request.Name} names the table {twice.Key} more than once", twice.Last().Table.Place, "name each table once"));
        }

        _terms = settings["terms"] is MapSetting terms
            ? terms.Entries.Where(e => e.Value is ScalarSetting).ToDictionary(e => e.Key, e => (((ScalarSetting)e.Value).Text, (Place)e.Value.Place))
            : [];
    }

    private bool Zipped => _path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    /// <summary>The tables the settings name, the core first.</summary>
    public static IReadOnlyList<TableWish> Wishes(MapSetting settings) =>
    [
        .. settings["core"] is MapSetting core ? (TableWish[])[TableWish.Of(core, ArchiveTableRole.Core)] : [],
        .. settings["extensions"] is ListSetting list ? list.Items.OfType<MapSetting>().Select(m => TableWish.Of(m, ArchiveTableRole.Extension)) : [],
    ];

    public DestinationState Look(CancellationToken stop)
    {
        foreach (TableWish wish in _wishes)
        {
            wish.RowTypeOf(null);
        }

        _ = Metadata([]);
        if (Zipped)
        {
            return OutputFile.Look(_path, _request.Inputs, _request.Place, stop);
        }

        if (_request.Inputs.FirstOrDefault(input => RealPath.Of(input) is var real && (real == RealPath.Of(_path) || real.StartsWith(RealPath.Of(_path) + Path.DirectorySeparatorChar, StringComparison.Ordinal))) is { } input)
        {
            throw new ProblemException(new Problem("write/is-input", ProblemKind.Refused, $"{_path} is read by this flow and cannot be written by it too; nothing was written", _request.Place, "give the output a folder of its own")
            {
                Details = [input],
            });
        }

        OutputFolder.RefuseForeign(_path, OwnFiles(), _request.Place);
        return new DestinationState(RealPath.Of(_path), Current());
    }

    public void Fit(IReadOnlyDictionary<string, ITableRows> tables) => TableBinding.Bind(_wishes, tables, _terms);

    public DestinationReport Write(IReadOnlyDictionary<string, ITableRows> tables, CancellationToken stop)
    {
        List<WrittenTable> written = TableBinding.Bind(_wishes, tables, _terms);
        List<Problem> findings = RowSurvey.Of(written, stop);
        byte[] metadata = Metadata(findings);
        byte[] descriptor = DescriptorWriter.Descriptor(written);
        OutputFile.MakeFolder(_path, _request.Place);
        try
        {
            IReadOnlyList<DataVersion> outputs = Zipped ? WriteZip(written, descriptor, metadata, stop) : WriteFolder(written, descriptor, metadata, stop);
            return new DestinationReport(outputs, written.ToDictionary(t => t.Name, t => t.Count)) { Findings = findings };
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            throw new ProblemException(FileProblems.Writing(_path, e, _request.Place), e);
        }
    }

    public void Dispose()
    {
    }

    private IReadOnlyList<DataVersion> WriteZip(List<WrittenTable> tables, byte[] descriptor, byte[] metadata, CancellationToken stop)
    {
        using AtomicFile file = AtomicFile.Create(_path, _request.Place);
        using (var zip = new ZipArchive(file.Stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Add(string name, Action<Stream> content)
            {
                ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = EntryTime;
                using Stream stream = entry.Open();
                content(stream);
            }

            Add("meta.xml", stream => stream.Write(descriptor));
            Add("eml.xml", stream => stream.Write(metadata));
            foreach (WrittenTable table in tables)
            {
                Add(table.File, stream => WriteRows(table, stream, stop));
            }
        }

        return [file.Commit(_request.Place) with { MediaType = "application/zip" }];
    }

    private IReadOnlyList<DataVersion> WriteFolder(List<WrittenTable> tables, byte[] descriptor, byte[] metadata, CancellationToken stop)
    {
        using OutputFolder folder = OutputFolder.Create(_path, OwnFiles(), _request.Place);
        void Add(string name, string mediaType, Action<Stream> content)
        {
            using AtomicFile file = folder.Begin(name, _request.Place);
            content(file.Stream);
            folder.Add(file.Commit(_request.Place) with { MediaType = mediaType });
        }

        Add("meta.xml", "application/xml", stream => stream.Write(descriptor));
        Add("eml.xml", "application/xml", stream => stream.Write(metadata));
        foreach (WrittenTable table in tables)
        {
            Add(table.File, "text/tab-separated-values", stream => WriteRows(table, stream, stop));
        }

        return folder.Commit(_request.Place);
    }

    private static void WriteRows(WrittenTable table, Stream stream, CancellationToken stop)
    {
        var writer = new DelimitedWriter(stream, new DelimitedOutput { Quoting = table.Quoted ? Quoting.Needed : Quoting.None }, table.Name, table.Rows.Columns);
        using IRowReader rows = table.Rows.Open(stop);
        writer.Write(rows, stop);
        writer.End();
        table.Count = writer.Rows;
    }

    // What the flow gives is passed on as it is; a finding says when it is not XML.
    private byte[] Metadata(List<Problem> findings)
    {
        if (Text("eml") is not { } named)
        {
            string title = Text("title") ?? _request.Name;
            string creator = Text("creator") ?? "not given";
            findings.Add(new Problem("darwin-core/metadata-made", ProblemKind.Finding, $"{_request.Name}: a least eml.xml was written, with the title \"{title}\" and the creator \"{creator}\"", _request.Place,
                "name a metadata document: eml: FILE, or give title: and creator:"));
            return DescriptorWriter.Metadata(title, creator);
        }

        string path = Path.GetFullPath(named, _request.Folder);
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            DescriptorText.Read(bytes, xml =>
            {
                while (xml.Read())
                {
                }

                return true;
            }, out string? lenient);
            if (lenient is not null)
            {
                findings.Add(new Problem("darwin-core/metadata-form", ProblemKind.Finding, $"{named}: {lenient}; it was written as it is", new FilePlace(named)));
            }

            return bytes;
        }
        catch (XmlException e)
        {
            throw new ProblemException(new Problem("darwin-core/metadata-not-xml", ProblemKind.Refused, $"{named} is not well-formed XML: {DescriptorText.Plain(e)}; nothing was written", new FilePlace(named, e.LineNumber, e.LinePosition), "correct it"));
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            throw new ProblemException(FileProblems.Reading(path, e, _request.Settings["eml"]?.Place), e);
        }
    }

    // Names only depend on the row types, which are known before the tables are; Multimedia is called so in both its classes.
    private IReadOnlyCollection<string> OwnFiles()
    {
        string[] stems = [.. _wishes.Select(w => Vocabulary.ShortName(w.RowTypeOf(null)).ToLowerInvariant())];
        return ["meta.xml", "eml.xml", .. stems.Select(s => $"{s}.txt"), .. Enumerable.Range(2, Math.Max(0, stems.Length - 1)).SelectMany(n => stems.Select(s => $"{s}_{n}.txt"))];
    }

    // A folder's version is the hash of its files' names and hashes, in order.
    private DataVersion? Current()
    {
        if (!Directory.Exists(_path))
        {
            return null;
        }

        var list = new StringBuilder();
        long bytes = 0;
        foreach (string file in Directory.GetFiles(_path).Order(StringComparer.Ordinal))
        {
            using FileStream stream = File.OpenRead(file);
            bytes += stream.Length;
            list.Append(Path.GetFileName(file)).Append('\t').Append(Convert.ToHexStringLower(SHA256.HashData(stream))).Append('\n');
        }

        return list.Length == 0 ? null : new DataVersion(RealPath.Of(_path), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list.ToString()))), bytes);
    }

    private string? Text(string key) => _request.Settings[key] is ScalarSetting { IsNull: false } scalar ? scalar.Text : null;
}
