using Cairn.Adapters.DuckDb;
using Cairn.Adapters.Files;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Connectors.Parquet;

/// <summary>
/// One table written as one Parquet file with the types its columns were declared with; text that was not stays text, a blank is NULL. The file is made
/// beside the run's working tables and then copied to its name as any output is.
/// </summary>
internal sealed class ParquetDestination : IDestination
{
    private readonly DestinationRequest request;
    private readonly string path;

    public ParquetDestination(DestinationRequest request)
    {
        this.request = request;
        path = Path.GetFullPath(request.Settings.TextOf("path") ?? throw request.Settings.Wrong("path", $"{request.Name} names no file to write", "write path: FILE"), request.Folder);
    }

    public DestinationState Look(CancellationToken stop) => OutputFile.Look(path, request.Inputs, request.Place, stop);

    public DestinationReport Write(IReadOnlyDictionary<string, ITableRows> tables, CancellationToken stop)
    {
        (string name, ITableRows table) = tables.Single();
        OutputFile.MakeFolder(path, request.Place);
        using AtomicFile file = AtomicFile.Create(path, request.Place);
        string work = Path.Combine(request.Work, $"parquet-{Guid.NewGuid():n}");
        try
        {
            Directory.CreateDirectory(work);
            string made = Path.Combine(work, "made.parquet");
            long rows = Make(name, table, Path.Combine(work, "made.duckdb"), made, stop);
            using (FileStream source = File.OpenRead(made))
            {
                source.CopyToAsync(file.Stream, 1 << 20, stop).GetAwaiter().GetResult();
            }

            DataVersion version = file.Commit(request.Place) with { MediaType = "application/vnd.apache.parquet" };
            return new DestinationReport([version], new Dictionary<string, long> { [name] = rows });
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            throw new ProblemException(FileProblems.Writing(path, e, request.Place), e);
        }
        catch (DuckDbException e)
        {
            bool full = e.Kind == DuckDbErrorKind.InputOutput && e.Message.Contains("No space left", StringComparison.Ordinal);
            throw new ProblemException(full ? FileProblems.Writing(path, new IOException("", 28), request.Place)
                : new Problem("parquet/not-written", ProblemKind.Refused, $"{name} cannot be written as Parquet: {e.Detail.Split('\n')[0]}; what was there before is untouched", request.Place,
                    "declare types that fit its values, or leave them text"), e);
        }
        finally
        {
            if (Directory.Exists(work))
            {
                Directory.Delete(work, recursive: true);
            }
        }
    }

    public void Dispose()
    {
    }

    private long Make(string name, ITableRows table, string working, string made, CancellationToken stop)
    {
        // One thread, so that the same rows give the same row groups and the same bytes.
        using DuckDbDatabase database = DuckDbDatabase.Open(working, new DuckDbOptions(MemoryLimit: 512L << 20, TempDirectory: Path.GetDirectoryName(working), Threads: 1));
        using DuckDbConnection connection = database.Connect();
        connection.Execute($"create table rows ({string.Join(", ", table.Columns.Select((_, i) => $"c{i} varchar"))})");
        using (var appender = new DuckDbAppender(connection, "rows"))
        using (IRowReader rows = table.Open(stop))
        {
            while (rows.Next())
            {
                stop.ThrowIfCancellationRequested();
                appender.BeginRow();
                for (int i = 0; i < table.Columns.Count; i++)
                {
                    ReadOnlySpan<byte> cell = rows.Text(i);
                    if (cell.IsEmpty)
                    {
                        appender.AppendNull();
                    }
                    else
                    {
                        appender.AppendUtf8(cell);
                    }
                }

                appender.EndRow();
            }

            appender.Close();
        }

        string columns = string.Join(", ", table.Columns.Select((c, i) => $"{Typed(connection, c.Type, i)} as \"{c.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
        string compression = request.Settings.TextOf("compression") is { } named && named != "none" ? named : request.Settings.TextOf("compression") is null ? "zstd" : "uncompressed";
        return connection.Execute($"copy (select {columns} from rows) to '{made.Replace("'", "''", StringComparison.Ordinal)}' (format parquet, compression {compression})", stop);
    }

    /// <summary>A decimal column keeps every digit: it gets the scale of its longest fraction, and only numbers with exponents or too many digits become doubles.</summary>
    private static string Typed(DuckDbConnection connection, ColumnType type, int column)
    {
        if (type == ColumnType.Decimal)
        {
            string c = $"c{column}";
            long? scale = connection.Scalar<long?>($"select case when bool_and(regexp_full_match({c}, '[-+]?[0-9]{{1,20}}(\\.[0-9]{{1,18}})?')) then max(length(split_part({c}, '.', 2))) end from rows where {c} is not null");
            return scale is null ? $"{c}::double" : $"{c}::decimal(38, {scale})";
        }

        return type switch
        {
            ColumnType.Integer => $"c{column}::bigint",
            ColumnType.Boolean => $"c{column}::boolean",
            ColumnType.Date => $"c{column}::date",
            ColumnType.Timestamp => $"c{column}::timestamp",
            _ => $"c{column}",
        };
    }
}
