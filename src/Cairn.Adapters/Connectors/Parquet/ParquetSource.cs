using System.Security.Cryptography;
using Cairn.Adapters.Downloads;
using Cairn.Adapters.DuckDb;
using Cairn.Adapters.Files;
using Cairn.Adapters.Tables;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;
using Cairn.Core.Tables;

namespace Cairn.Adapters.Connectors.Parquet;

/// <summary>
/// One table read from one or several Parquet files of the same columns. A value becomes the text it is written as (a date 2026-11-21, a list or
/// struct its JSON), NULL a blank.
/// </summary>
internal sealed class ParquetSource : ISource
{
    private readonly SourceRequest request;
    private readonly SourceFiles source;
    private readonly DuckDbDatabase database;
    private readonly DuckDbConnection connection;
    private IReadOnlyList<SourceFile> files = [];
    private IReadOnlyList<DuckDbColumn> columns = [];
    private TableLayout? layout;

    public ParquetSource(SourceRequest request)
    {
        this.request = request;
        source = new SourceFiles(request);
        database = DuckDbDatabase.Open(":memory:", new DuckDbOptions(MemoryLimit: 512L << 20, TempDirectory: request.Work));
        connection = database.Connect();
        connection.Execute("set TimeZone = 'UTC'");
    }

    public TableLayout Layout(CancellationToken stop)
    {
        if (layout is null)
        {
            (files, IReadOnlyList<Problem> findings) = source.Find(stop);
            columns = ColumnsOf(files[0], stop);
            layout = new TableLayout([.. columns.Select((c, i) => new SourceColumn(c.Name, i))], columns.Count) { Findings = findings };
        }

        return layout;
    }

    public SourceReport Read(Action<RowBatch> rows, IReadWatch watch, CancellationToken stop)
    {
        Layout(stop);
        var builder = new RowBatchBuilder(columns.Count, rows, identify: false);
        var inputs = new List<DataVersion>();
        long total = files.Sum(f => new FileInfo(f.Path).Length);
        long done = 0;
        long number = 0;
        long text = 0;
        foreach (SourceFile file in files)
        {
            SameColumns(file, ColumnsOf(file, stop));
            using var hashing = CancellationTokenSource.CreateLinkedTokenSource(stop);
            Task<DataVersion> version = Task.Run(() => Hash(file, hashing.Token), hashing.Token);
            try
            {
                (long count, long bytes) = ReadFile(file, builder, number, stop);
                number += count;
                text += bytes;
                builder.Flush();
                DataVersion read = version.GetAwaiter().GetResult();
                done += read.Bytes;
                inputs.Add(file.Checked(read));
                watch.Progress(done, total);
            }
            catch
            {
                hashing.Cancel();
                throw;
            }
        }

        return new SourceReport(number, 0, inputs) { TextBytes = text };
    }

    public void Dispose()
    {
        connection.Dispose();
        database.Dispose();
    }

    private (long Rows, long Bytes) ReadFile(SourceFile file, RowBatchBuilder builder, long before, CancellationToken stop)
    {
        long rows = 0;
        long bytes = 0;
        string wanted = string.Concat(columns.Select(c => ", " + TextOf(c)));
        using DuckDbResult result = Asking(file, () => connection.Stream($"select file_row_number{wanted} from read_parquet(?, file_row_number = true)", stop, file.Path));
        while (Asking(file, result.NextChunk))
        {
            for (int row = 0; row < result.RowCount; row++)
            {
                if (result.Int64(row, 0) != rows)
                {
                    throw new InvalidOperationException($"row {rows} of {file.Name} came out of order");
                }

                builder.Row(before + ++rows);
                for (int column = 1; column <= columns.Count; column++)
                {
                    ReadOnlySpan<byte> cell = result.IsNull(row, column) ? default : result.Utf8(row, column);
                    bytes += cell.Length;
                    builder.Cell(cell);
                }
            }
        }

        return (rows, bytes);
    }

    /// <summary>A column nobody asked for is not read from the file.</summary>
    private string TextOf(DuckDbColumn column)
    {
        string name = $"\"{column.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        return request.Wanted?.Contains(column.Name) == false ? "null::varchar"
            : column.Type is DuckDbType.List or DuckDbType.Struct or DuckDbType.Map or DuckDbType.Array ? $"to_json({name})::varchar" : $"{name}::varchar";
    }

    private IReadOnlyList<DuckDbColumn> ColumnsOf(SourceFile file, CancellationToken stop)
    {
        using DuckDbResult result = Asking(file, () => connection.Query("select * from read_parquet(?) limit 0", stop, file.Path));
        return result.Columns;
    }

    private void SameColumns(SourceFile file, IReadOnlyList<DuckDbColumn> found)
    {
        int same = columns.Zip(found).TakeWhile(pair => pair.First == pair.Second).Count();
        if (same < Math.Max(columns.Count, found.Count))
        {
            throw new ProblemException(new Problem("parquet/columns-differ", ProblemKind.Refused,
                $"{file.Name} does not have the columns of {files[0].Name}: column {same + 1} is {Words(found, same)}, not {Words(columns, same)}", new FilePlace(file.Name), "give each kind of file a table of its own"));
        }
    }

    private static string Words(IReadOnlyList<DuckDbColumn> columns, int at) => at < columns.Count ? $"`{columns[at].Name}` ({columns[at].Type})" : "missing";

    private static T Asking<T>(SourceFile file, Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (DuckDbException e)
        {
            throw new ProblemException(new Problem("parquet/unreadable", ProblemKind.Refused, $"{file.Name} cannot be read as Parquet: {e.Detail.Split('\n')[0]}", new FilePlace(file.Name), "check that the file is whole and is Parquet"), e);
        }
    }

    /// <summary>The engine reads the file itself, in its own order; the hash is taken beside it, from the same cached pages.</summary>
    private static DataVersion Hash(SourceFile file, CancellationToken stop)
    {
        try
        {
            var before = new FileInfo(file.Path);
            (long size, DateTime modified) = (before.Length, before.LastWriteTimeUtc);
            using var stream = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.SequentialScan);
            byte[] hash = SHA256.HashDataAsync(stream, stop).AsTask().GetAwaiter().GetResult();
            var after = new FileInfo(file.Path);
            return new DataVersion(file.Path, Convert.ToHexStringLower(hash), stream.Position, modified, "application/vnd.apache.parquet", after.Length != size || after.LastWriteTimeUtc != modified);
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            throw new ProblemException(FileProblems.Reading(file.Path, e), e);
        }
    }
}
