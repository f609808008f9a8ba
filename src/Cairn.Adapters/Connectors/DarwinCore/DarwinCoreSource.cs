using System.Globalization;
using System.Text;
using Cairn.Adapters.Archives;
using Cairn.Adapters.DelimitedText;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;
using Cairn.Core.Settings;
using Cairn.Core.Tables;

namespace Cairn.Adapters.Connectors.DarwinCore;

/// <summary>One table of a Darwin Core archive.</summary>
internal sealed class DarwinCoreSource : ISource
{
    // A descriptor's typing error (index 99999) should not make every row so wide: columns this far past the first row are blank throughout.
    private const int MostFilled = 64;

    private readonly SourceRequest _request;
    private readonly string _name;
    private readonly string? _tableName;
    private readonly NameStyle _style;
    private readonly IReadOnlyList<string> _nulls;
    private readonly ArchiveLimits _limits;
    private ArchiveInput? _input;
    private DarwinCoreArchive? _archive;
    private ArchiveTable? _table;
    private DelimitedFormat _format = DelimitedFormat.Tsv;
    private IReadOnlyList<DelimitedFile> _files = [];
    private TableLayout? _layout;

    public DarwinCoreSource(SourceRequest request)
    {
        _request = request;
        MapSetting settings = request.Settings;
        _name = Text("path") ?? throw new ProblemException(new Problem("flow/missing-key", ProblemKind.Usage, $"{request.Table} names no archive", settings.Place, "write path: FILE"));
        _tableName = Text("table");
        _style = Text("names") switch { "prefixed" => NameStyle.Prefixed, "full" => NameStyle.Full, _ => NameStyle.Short };
        _nulls = settings["nulls"] is ListSetting nulls ? [.. nulls.Items.OfType<ScalarSetting>().Select(s => s.Text).Where(t => t.Length > 0)] : [];
        _limits = new ArchiveLimits(
            Text("largest_ratio") is { } ratio ? double.Parse(ratio, CultureInfo.InvariantCulture) : 1000,
            Text("largest_text") is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null);
    }

    public TableLayout Layout(CancellationToken stop)
    {
        if (_layout is not null)
        {
            return _layout;
        }

        IReadOnlyList<ArchiveInput> found = ArchiveInput.Find(_request.Settings["path"]!, _request, stop);
        _input = found.Count == 1 ? found[0] : throw new ProblemException(new Problem("darwin-core/several-archives", ProblemKind.Usage,
            $"{_name} fits {found.Count} archives, where one is read", _request.Settings["path"]!.Place, "give each a table of its own, and put them together with union"));
        _archive ??= DarwinCoreArchive.Open(_input.Full, _name, _limits, _tableName, stop);
        _table = _archive.Descriptor is null ? _archive.Tables[0] : _archive.Table(_tableName, _request.Settings["table"]?.Place ?? _request.Place);
        var findings = new List<Problem>([.. _input.Findings, .. _archive.Findings]);
        _files = _archive.Files(_table, findings, stop);
        _format = Format(_table);
        IReadOnlyList<string>? first = _files.Select(f => FirstRow(f, _table, stop)).FirstOrDefault(row => row is not null);
        int most = (first?.Count ?? 0) + MostFilled;
        int fields = Math.Max(Math.Min(_table.LastIndex + 1, most), first?.Count ?? 0);
        IReadOnlyList<SourceColumn> columns = [.. ColumnNames.Of(_table, _style, _archive.Container.Name, findings).Select(c => c.Field >= most ? c with { Field = null } : c)];
        Compare(_table, first, findings);
        return _layout = new TableLayout(columns, fields)
        {
            Findings = findings,
            Tables = _archive.Tables.Count > 1 ? [.. _archive.Tables.Select(t => new TableOffer(t.Key, t.Description))] : [],
        };
    }

    public SourceReport Read(Action<RowBatch> rows, IReadWatch watch, CancellationToken stop)
    {
        TableLayout layout = Layout(stop);
        _archive!.Container.BeginHash();
        var cells = new CellWatch(_request.Table, _nulls, layout.FieldCount, rows);

        // Two rows are equal as flows see them when their mapped cells are; the bytes of a row may differ in cells that are not, or that a default fills.
        bool identify = _nulls.Count == 0
            && Enumerable.Range(0, layout.FieldCount).All(i => layout.Columns.Any(c => c.Field == i)) && layout.Columns.All(c => c.Field is null || c.Default is null);
        SourceReport read = DelimitedReader.Read(_request.Table, _files, _format, Math.Max(layout.FieldCount, 1), null, batch =>
        {
            batch.RowBytesIdentify &= identify;
            cells.Take(batch);
        }, watch, stop);
        cells.End();

        IReadOnlyList<DataVersion> whole = _archive.Container.Finish(stop);
        List<Problem> findings = [.. read.Findings, .. cells.Findings];
        if (_files.Count > 0 && read.Records == 0 && (_table!.Role == ArchiveTableRole.Core || read.TextBytes == 0))
        {
            findings.Add(new Problem("darwin-core/no-rows", ProblemKind.Finding, $"{_name}: {_table.Description} holds no row", new FilePlace(_name)));
        }

        if (_table!.Role == ArchiveTableRole.Core && MetadataDocument.Look(_archive, stop) is { } metadata)
        {
            findings.Add(metadata);
        }

        return read with { Inputs = _input!.Checked([.. read.Inputs, .. whole]), Findings = findings };
    }

    public void Dispose() => _archive?.Dispose();

    private DelimitedFormat Format(ArchiveTable table)
    {
        string delimiter = Text("delimiter") switch { null => table.FieldsTerminatedBy, "tab" or "\\t" => "\t", "comma" => ",", "semicolon" => ";", "pipe" => "|", "space" => " ", var other => other };
        string quote = Text("quote") switch { null => table.FieldsEnclosedBy, "none" => "", "double" => "\"", "single" => "'", var other => other };
        string encodingName = Text("encoding") ?? table.Encoding;
        if (delimiter.Length == 0 || delimiter.AsSpan().IndexOfAny('\r', '\n') >= 0)
        {
            throw Refused("darwin-core/no-delimiter", delimiter.Length == 0 ? "gives no delimiter (fieldsTerminatedBy is empty)" : "gives a line end as its delimiter", "say what it is: delimiter: tab");
        }

        Encoding encoding = EncodingNames.Of(encodingName) ?? throw Refused("darwin-core/unknown-encoding", $"gives the encoding `{encodingName}`, which is not known", "say what it is: encoding: utf-8");
        return new DelimitedFormat
        {
            Separator = delimiter,
            Quote = quote.Length == 0 || quote == delimiter ? null : char.IsHighSurrogate(quote[0]) && quote.Length > 1 ? quote[..2] : quote[..1],
            Encoding = encoding,
            SkipLines = table.IgnoreHeaderLines,
            Header = false,
            Ragged = Ragged.Fill,
        };

        ProblemException Refused(string code, string what, string help) => new(new Problem(code, ProblemKind.Refused, $"{_name}: the descriptor of {table.Description} {what}",
            new FilePlace($"{_name}/{_archive!.Descriptor}", table.Line), help));
    }

    // The last of the header lines names the columns; without any, the first row still tells how many there are.
    private IReadOnlyList<string>? FirstRow(DelimitedFile file, ArchiveTable table, CancellationToken stop) =>
        DelimitedReader.FirstRow(file, _format with { SkipLines = Math.Max(table.IgnoreHeaderLines - 1, 0), Header = table.IgnoreHeaderLines > 0 }, stop);

    private void Compare(ArchiveTable table, IReadOnlyList<string>? first, List<Problem> findings)
    {
        if (_archive!.Descriptor is null || first is null)
        {
            return;
        }

        if (table.LastIndex >= first.Count)
        {
            List<string> missing = [.. table.Fields.Where(f => f.Index >= first.Count).OrderBy(f => f.Index).Select(f => $"{Vocabulary.ShortName(f.Term)} (column {f.Index})")];
            findings.Add(Finding("darwin-core/index-past-row", $"{_name}: the first row of {table.Locations[0]} has {first.Count} columns, the descriptor maps column {table.LastIndex}; what a row lacks is blank", missing));
        }

        List<int> unmapped = [.. Enumerable.Range(0, first.Count).Where(i => i != table.IdIndex && table.Fields.All(f => f.Index != i))];
        if (unmapped.Count > 0)
        {
            List<string> names = [.. unmapped.Take(10).Select(i => table.IgnoreHeaderLines > 0 && first[i].Length > 0 ? $"column {i}: {first[i]}" : $"column {i}"), .. unmapped.Count > 10 ? (string[])[$"and {unmapped.Count - 10} more"] : []];
            findings.Add(Finding("darwin-core/columns-not-mapped", $"{_name}: {(unmapped.Count == 1 ? "1 column" : $"{unmapped.Count} columns")} of {table.Locations[0]} {(unmapped.Count == 1 ? "is" : "are")} not mapped to a term, and left out", names));
        }

        HeaderCheck.Look(table, first, _name, findings);
    }

    private Problem Finding(string code, string message, List<string> details) => new(code, ProblemKind.Finding, message, new FilePlace(_name)) { Details = details };

    private string? Text(string key) => _request.Settings[key] is ScalarSetting { IsNull: false } scalar ? scalar.Text : null;
}
