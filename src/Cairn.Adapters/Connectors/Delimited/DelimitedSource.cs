using Cairn.Adapters.DelimitedText;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Settings;
using Cairn.Core.Tables;

namespace Cairn.Adapters.Connectors.Delimited;

/// <summary>One table read from one or several delimited files.</summary>
internal sealed class DelimitedSource : ISource
{
    private readonly SourceRequest request;
    private readonly IReadOnlyList<ScalarSetting> named;
    private readonly IReadOnlyList<string>? columns;
    private readonly DelimitedFormat format;
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
    }

    public TableLayout Layout(CancellationToken stop)
    {
        if (layout is not null)
        {
            return layout;
        }

        files = [.. named.SelectMany(n => InputFiles.Find(n.Text, request.Folder, n.Place)).Select(path => DelimitedFile.At(path))];
        IReadOnlyList<string> first = DelimitedReader.FirstRow(files[0], format, stop) ?? throw Headers.Empty(files[0].Name);
        header = format.Header ? first : null;
        if (columns is not null && columns.Count != first.Count)
        {
            throw new ProblemException(new Problem("delimited/columns-given", ProblemKind.Refused,
                $"{request.Table} is given {columns.Count} column names, but {files[0].Name} has {first.Count} columns", request.Settings["columns"]?.Place, $"cairn peek {files[0].Name}"));
        }

        IReadOnlyList<string> names = columns ?? (format.Header ? first : [.. first.Select(_ => "")]);
        layout = Headers.Layout(names, files[0].Name, format.SkipLines + 1);
        return layout = format.Header || columns is not null ? layout : layout with { Findings = [] };
    }

    public SourceReport Read(Action<RowBatch> rows, IReadWatch watch, CancellationToken stop)
    {
        TableLayout found = Layout(stop);
        return DelimitedReader.Read(request.Table, files, format, found.FieldCount, header, rows, watch, stop);
    }

    public void Dispose()
    {
    }
}
