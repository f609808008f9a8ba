using Cairn.Adapters.DelimitedText;
using Cairn.Core.Flows;
using Cairn.Core.Settings;
using Cairn.Core.Tables;

namespace Cairn.Tests.Docs;

// The connector of CONTRIBUTING.md, kept here so that it goes on compiling and working.
public sealed class LinesConnector : ISourceConnector
{
    public string Name => "lines";

    public string About => "The lines of a text file, plain or gz, as a table of one column.";

    public ObjectShape SourceShape { get; } = SettingShape.Object("a lines source",
        new KeyShape("path", SettingShape.Text, "The file.", Required: true));

    public ISource OpenSource(SourceRequest request) => new LinesSource(request);
}

internal sealed class LinesSource(SourceRequest request) : ISource
{
    // No text has a unit separator (U+001F), so a line is one field; one that has is refused like any row of a wrong width.
    private static readonly DelimitedFormat Format = new() { Separator = "\u001f", Quote = null, Header = false };

    public TableLayout Layout(CancellationToken stop) => new([new SourceColumn("line", 0)], 1);

    public SourceReport Read(Action<RowBatch> rows, IReadWatch watch, CancellationToken stop)
    {
        string path = Path.GetFullPath(((ScalarSetting)request.Settings["path"]!).Text, request.Folder);
        return DelimitedReader.Read(request.Table, [DelimitedFile.At(path)], Format, columns: 1, header: null, rows, watch, stop);
    }

    public void Dispose()
    {
    }
}
