using Cairn.Adapters.FlowFiles;
using Cairn.Adapters.Stores;
using Cairn.Commands;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;
using Cairn.Core.Tables;

namespace Cairn.Runs;

/// <summary>A source row as it stands in its file; Cells is null where it cannot be shown, and Why says why.</summary>
internal sealed record ShownRow(SourceRow Source, IReadOnlyList<(string Column, string? Cell)>? Cells, string? Why);

/// <summary>
/// Reads source rows again: with the flow as it was, through the connectors it named, and only from files whose bytes are still those the run read.
/// </summary>
internal sealed class SourceRowReader(RunManifest run, Composition cairn)
{
    public IReadOnlyList<ShownRow> Read(IReadOnlyList<SourceRow> rows)
    {
        Flow? flow = FlowAsItWas();
        return [.. rows.Select(row => Read(row, flow?.Reads.FirstOrDefault(r => r.Name == row.Table)))];
    }

    private ShownRow Read(SourceRow row, Read? read)
    {
        if (read is null)
        {
            return new ShownRow(row, null, "the flow cannot be read any more");
        }

        foreach (DataVersion file in row.Files)
        {
            if (!File.Exists(file.Path))
            {
                return new ShownRow(row, null, $"{cairn.Shown(file.Path)} is not there any more");
            }

            if (FileHash.Of(file.Path) != file.Sha256)
            {
                return new ShownRow(row, null, $"{cairn.Shown(file.Path)} has changed since");
            }
        }

        try
        {
            return new ShownRow(row, Cells(row, read), null);
        }
        catch (ProblemException e)
        {
            return new ShownRow(row, null, e.Problems[0].Message);
        }
    }

    private List<(string, string?)>? Cells(SourceRow row, Read read)
    {
        using var work = new TemporaryFolder();
        var request = new SourceRequest(read.Name, read.Settings, Path.GetDirectoryName(run.FlowFile)!, cairn.Cache, work.Path, null, read.Place);
        using ISource source = Connector.All().First(c => c.Name == read.Connector && c.Source is not null).Source!.OpenSource(request);
        TableLayout layout = source.Layout(cairn.Stop);
        var cells = new CellReader(layout);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cairn.Stop);
        List<(string, string?)>? found = null;
        try
        {
            source.Read(
                batch =>
                {
                    int at = found is null ? batch.Numbers.AsSpan(0, batch.Rows).IndexOf(row.Row) : -1;
                    if (at >= 0)
                    {
                        found = [.. layout.Columns.Select(c => c.Name).Zip(cells.Row(batch, at))];
                        enough.Cancel();
                    }
                },
                new Unwatched(),
                enough.Token);
        }
        catch (OperationCanceledException) when (found is not null && !cairn.Stop.IsCancellationRequested)
        {
            // The row has been found; the rest is of no interest.
        }

        return found;
    }

    private Flow? FlowAsItWas()
    {
        string copy = Path.Combine(new RunHistory(cairn.Store).FolderOf(run.Folder), run.FlowCopy);
        Flow? defaults = FlowFile.Copy(copy, run.FlowFile, cairn.CurrentFolder, []).Flow;
        if (defaults is null)
        {
            return null;
        }

        // Values in force are absolute paths already, so that it does not matter from where they are set.
        List<KeyValuePair<string, string>> set = [.. run.Settings.Where(s => defaults.Parameters.Any(p => p.Name == s.Name)).Select(s => KeyValuePair.Create(s.Name, s.Value))];
        return FlowFile.Copy(copy, run.FlowFile, cairn.CurrentFolder, set).Flow;
    }

    private sealed class Unwatched : IReadWatch
    {
        public void Refused(RefusedRow row)
        {
        }

        public void Progress(long bytesDone, long? bytesTotal)
        {
        }
    }
}
