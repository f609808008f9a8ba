using System.IO.Compression;
using Cairn.Adapters.DelimitedText;
using Cairn.Adapters.Files;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Connectors.Delimited;

/// <summary>One table written as one delimited file, gz when its name ends in .gz.</summary>
internal sealed class DelimitedDestination : IDestination
{
    private readonly DestinationRequest request;
    private readonly string path;
    private readonly DelimitedOutput output;

    public DelimitedDestination(DestinationRequest request)
    {
        this.request = request;
        string named = request.Settings.TextOf("path") ?? throw request.Settings.Wrong("path", $"{request.Name} names no file to write", "write path: FILE");
        path = Path.GetFullPath(named, request.Folder);
        string delimiter = DelimitedSettings.DelimiterOf(request.Settings, path);
        string? quote = request.Settings.TextOf("quote");
        output = new DelimitedOutput
        {
            Separator = delimiter,
            Quote = quote is null or "auto" or "none" ? "\"" : DelimitedSettings.QuoteOf(request.Settings, delimiter)!,
            Quoting = quote == "none" || (quote is null or "auto" && delimiter is not ("," or ";")) ? Quoting.None : Quoting.Needed,
            Header = request.Settings.Flag("header", true),
            LineEnd = request.Settings.TextOf("line_end") == "crlf" ? "\r\n" : "\n",
            Encoding = DelimitedSettings.EncodingOf(request.Settings),
        };
    }

    public DestinationState Look(CancellationToken stop) => OutputFile.Look(path, request.Inputs, request.Place, stop);

    public DestinationReport Write(IReadOnlyDictionary<string, ITableRows> tables, CancellationToken stop)
    {
        (string name, ITableRows table) = tables.Single();
        OutputFile.MakeFolder(path, request.Place);
        using AtomicFile file = AtomicFile.Create(path, request.Place);
        long written;
        try
        {
            // No name and no time go into the gz: the same rows give the same bytes.
            using GZipStream? gzip = Compressed ? new GZipStream(file.Stream, CompressionLevel.Optimal, leaveOpen: true) : null;
            var writer = new DelimitedWriter(gzip ?? file.Stream, output, name, table.Columns);
            using IRowReader rows = table.Open(stop);
            writer.Write(rows, stop);
            writer.End();
            written = writer.Rows;
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            throw new Core.ProblemException(FileProblems.Writing(path, e, request.Place), e);
        }

        DataVersion version = file.Commit(request.Place) with { MediaType = MediaType() };
        return new DestinationReport([version], new Dictionary<string, long> { [name] = written });
    }

    public void Dispose()
    {
    }

    private bool Compressed => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    private string MediaType() => Compressed ? "application/gzip"
        : output.Separator == "," ? "text/csv" : output.Separator == "\t" ? "text/tab-separated-values" : "text/plain";
}
