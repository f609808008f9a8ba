using Cairn.Adapters.DelimitedText;
using Cairn.Adapters.Downloads;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;
using Cairn.Core.Settings;
using Cairn.Core.Tables;

namespace Cairn.Adapters.Connectors.Delimited;

/// <summary>One table read from one or several delimited files.</summary>
internal sealed class DelimitedSource : ISource
{
    private readonly SourceRequest request;
    private readonly IReadOnlyList<ScalarSetting> named;
    private readonly IReadOnlyList<string>? columns;
    private readonly string? sha256;
    private readonly DelimitedFormat format;
    private readonly List<Problem> fetched = [];
    private IReadOnlyList<DelimitedFile> files = [];
    private IReadOnlyList<string>? header;
    private TableLayout? layout;

    public DelimitedSource(SourceRequest request)
    {
        this.request = request;
        MapSetting settings = request.Settings;
        named = (settings["path"], settings["paths"]) switch
        {
            (ScalarSetting path, null) => [path],
            (null, ListSetting { Items.Count: > 0 } list) => [.. list.Items.OfType<ScalarSetting>()],
            (null, _) => throw DelimitedSettings.Contradiction(settings, "paths", $"{request.Table} names no file", "write path: FILE"),
            _ => throw DelimitedSettings.Contradiction(settings, "paths", $"{request.Table} has both `path` and `paths`", "keep one of the two"),
        };
        format = DelimitedSettings.FormatOf(settings, named[0].Text);
        columns = DelimitedSettings.ListOf(settings, "columns");
        sha256 = DelimitedSettings.TextOf(settings, "sha256");
        if (sha256 is not null && settings["paths"] is not null)
        {
            throw DelimitedSettings.Contradiction(settings, "sha256", "a checksum is of one file, and `paths` names several", "give each file a table of its own, and put them together with union");
        }
    }

    public TableLayout Layout(CancellationToken stop)
    {
        if (layout is not null)
        {
            return layout;
        }

        files = [.. named.SelectMany(n => Find(n, stop))];
        IReadOnlyList<string> first = DelimitedReader.FirstRow(files[0], format, stop) ?? throw Headers.Empty(files[0].Name);
        header = format.Header ? first : null;
        if (columns is not null && columns.Count != first.Count)
        {
            throw new ProblemException(new Problem("delimited/columns-given", ProblemKind.Refused,
                $"{request.Table} is given {columns.Count} column names, but {files[0].Name} has {first.Count} columns", request.Settings["columns"]?.Place, $"cairn peek {files[0].Name}"));
        }

        IReadOnlyList<string> names = columns ?? (format.Header ? first : [.. first.Select(_ => "")]);
        layout = Headers.Layout(names, files[0].Name, format.SkipLines + 1);
        return layout = layout with { Findings = [.. fetched, .. format.Header || columns is not null ? layout.Findings : []] };
    }

    public SourceReport Read(Action<RowBatch> rows, IReadWatch watch, CancellationToken stop)
    {
        TableLayout found = Layout(stop);
        return DelimitedReader.Read(request.Table, files, format, found.FieldCount, header, rows, watch, stop);
    }

    public void Dispose()
    {
    }

    private IEnumerable<DelimitedFile> Find(ScalarSetting path, CancellationToken stop)
    {
        if (!Download.IsAddress(path.Text))
        {
            IReadOnlyList<string> found = InputFiles.Find(path.Text, request.Folder, path.Place);
            return found.Select(f => DelimitedFile.At(f)).Select(f => sha256 is null ? f : f with { Version = read => Checked(f.Version!(read)) });
        }

        Downloaded download = Download.Fetch(path.Text, request.Cache, sha256, path.Place, stop);
        fetched.AddRange(download.Findings);
        DelimitedFile file = DelimitedFile.At(download.Path, path.Text);
        return [file with { Version = read => download.Version(file.Version!(read)) }];
    }

    private DataVersion Checked(DataVersion read) => string.Equals(read.Sha256, sha256, StringComparison.OrdinalIgnoreCase) ? read
        : throw new ProblemException(new Problem("file/wrong-checksum", ProblemKind.Refused, $"{read.Path} is not the file the flow expects", request.Settings["sha256"]?.Place,
            "ask for the right release, or correct the checksum")
        {
            Details = [$"expected sha256 {sha256!.ToLowerInvariant()}", $"read sha256 {read.Sha256}, {read.Bytes} bytes"],
        });
}
