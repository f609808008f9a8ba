using Cairn.Adapters.DelimitedText;
using Cairn.Adapters.Downloads;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Tables;

namespace Cairn.Adapters.Connectors.Delimited;

/// <summary>One table read from one or several delimited files.</summary>
internal sealed class DelimitedSource : ISource
{
    private readonly SourceRequest request;
    private readonly SourceFiles source;
    private readonly IReadOnlyList<string>? columns;
    private readonly DelimitedFormat format;
    private IReadOnlyList<DelimitedFile> files = [];
    private IReadOnlyList<string>? header;
    private TableLayout? layout;

    public DelimitedSource(SourceRequest request)
    {
        this.request = request;
        source = new SourceFiles(request);
        format = DelimitedSettings.FormatOf(request.Settings, source.First);
        columns = request.Settings.ListOf("columns");
    }

    public TableLayout Layout(CancellationToken stop)
    {
        if (layout is not null)
        {
            return layout;
        }

        (IReadOnlyList<SourceFile> found, IReadOnlyList<Problem> findings) = source.Find(stop);
        files = [.. found.Select(f => f.AsText())];
        string name = files[0].Name;
        IReadOnlyList<string> first = DelimitedReader.FirstRow(files[0], format, stop) ?? throw Headers.Empty(name);
        header = format.Header ? first : null;
        if (columns is not null && columns.Count != first.Count)
        {
            throw new ProblemException(new Problem("delimited/columns-given", ProblemKind.Refused,
                $"{request.Table} is given {columns.Count} column names, but {name} has {first.Count} columns", request.Settings["columns"]?.Place, $"cairn peek {name}"));
        }

        TableLayout named = Headers.Layout(columns ?? (format.Header ? first : [.. first.Select(_ => "")]), name, format.SkipLines + 1);
        return layout = named with { Findings = [.. findings, .. format.Header || columns is not null ? named.Findings : []] };
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
