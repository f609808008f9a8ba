using System.Security.Cryptography;
using Cairn.Adapters.Connectors.Parquet;
using Cairn.Adapters.DuckDb;
using Cairn.Core;
using Cairn.Core.Flows;

namespace Cairn.Tests.Connectors;

public sealed class ParquetTests : IDisposable
{
    private static readonly ParquetConnector Connector = new();

    private readonly Connected at = new();

    public void Dispose() => at.Dispose();

    [Fact]
    public void Values_of_any_type_become_text()
    {
        Make("a.parquet", "select '007' as id, 1::integer as n, 1.50::decimal(9,2) as d, date '2026-11-21' as day, timestamp '2026-11-21 10:04:05' as at, ['leaf', null] as parts, true as ok, null::varchar as nothing, 'nul' || chr(0) || 'l' as odd");
        TableRead read = at.Read(Connector, ("path", "a.parquet"));
        Assert.Equal(["id", "n", "d", "day", "at", "parts", "ok", "nothing", "odd"], read.Columns);
        Assert.Equal(["007|1|1.50|2026-11-21|2026-11-21 10:04:05|[\"leaf\",null]|true||nul\0l"], read.Rows);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(at.PathOf("a.parquet")))), Assert.Single(read.Report.Inputs).Sha256);
    }

    [Fact]
    public void Rows_come_in_the_order_of_the_files_and_within_them()
    {
        Make("in/b.parquet", "select i::varchar as k from range(300000) t(i)");
        Make("in/a.parquet", "select (-i)::varchar as k from range(1, 4) t(i)");
        TableRead read = at.Read(Connector, ("path", "in"));
        Assert.Equal(["-1", "-2", "-3", "0", "1"], read.Rows.Take(5));
        Assert.Equal(Enumerable.Range(0, 300_000).Select(i => i.ToString()), read.Rows.Skip(3));
        Assert.Equal(Enumerable.Range(1, 300_003).Select(i => (long)i), read.Numbers);
    }

    [Fact]
    public void Other_columns_and_damaged_files_are_problems()
    {
        Make("in/a.parquet", "select 1 as k");
        Make("in/b.parquet", "select 1 as m");
        Problem differ = Assert.Throws<ProblemException>(() => at.Read(Connector, ("path", "in"))).Problems[0];
        Assert.Equal("parquet/columns-differ", differ.Code);
        Assert.EndsWith("column 1 is `m` (Integer), not `k` (Integer)", differ.Message, StringComparison.Ordinal);
        at.Write("no.parquet", "PAR1 but no more");
        Assert.Equal("parquet/unreadable", Assert.Throws<ProblemException>(() => at.Read(Connector, ("path", "no.parquet"))).Problems[0].Code);
        byte[] whole = File.ReadAllBytes(at.PathOf("in/a.parquet"));
        File.WriteAllBytes(at.PathOf("cut.parquet"), whole[..(whole.Length - 20)]);
        Assert.Equal("parquet/unreadable", Assert.Throws<ProblemException>(() => at.Read(Connector, ("path", "cut.parquet"))).Problems[0].Code);
    }

    [Fact]
    public void A_table_is_written_with_its_types_the_same_bytes_each_time()
    {
        TableOf table = new(["id", "n", "d", "e", "day", "ok"], ["007", "12", "1.50", "1e3", "2026-11-21", "true"], ["", "", "", "", "", ""])
        {
            Columns = [new("id", ColumnType.Text), new("n", ColumnType.Integer), new("d", ColumnType.Decimal), new("e", ColumnType.Decimal), new("day", ColumnType.Date), new("ok", ColumnType.Boolean)],
        };
        DestinationReport report = at.Write(Connector, table, ("path", "out/t.parquet"));
        Assert.Equal(report.Outputs[0].Sha256, at.Write(Connector, table, ("path", "again.parquet")).Outputs[0].Sha256);
        Assert.Equal((2L, "application/vnd.apache.parquet"), (report.Rows["t"], report.Outputs[0].MediaType));
        Assert.Equal(["again.parquet", "out"], Directory.GetFileSystemEntries(at.Folder).Select(Path.GetFileName).Order());
        using DuckDbDatabase database = DuckDbDatabase.Open(":memory:");
        using DuckDbConnection connection = database.Connect();
        using DuckDbResult result = connection.Query("select * from read_parquet(?)", at.PathOf("out/t.parquet"));
        Assert.True(result.NextChunk());
        Assert.Equal(2, result.RowCount);
        Assert.Equal<object?>(["007", 12L, 1.50m, 1000.0, new DateOnly(2026, 11, 21), true], Enumerable.Range(0, 6).Select(c => result.Value(0, c)));
        Assert.All(Enumerable.Range(0, 6), c => Assert.Null(result.Value(1, c)));
        Assert.Equal(["007|12|1.50|1000.0|2026-11-21|true", "|||||"], at.Read(Connector, ("path", "out/t.parquet")).Rows);
    }

    [Fact]
    public void Values_that_do_not_fit_their_type_are_a_problem_and_leave_what_was_there()
    {
        at.Write("t.parquet", "old");
        TableOf table = new(["n"], ["x"]) { Columns = [new("n", ColumnType.Integer)] };
        Problem problem = Assert.Throws<ProblemException>(() => at.Write(Connector, table, ("path", "t.parquet"))).Problems[0];
        Assert.Equal("parquet/not-written", problem.Code);
        Assert.Equal("old", File.ReadAllText(at.PathOf("t.parquet")));
        Assert.Single(Directory.GetFileSystemEntries(at.Folder));
    }

    private void Make(string name, string select)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(at.PathOf(name))!);
        using DuckDbDatabase database = DuckDbDatabase.Open(":memory:");
        using DuckDbConnection connection = database.Connect();
        connection.Execute($"copy ({select}) to '{at.PathOf(name)}' (format parquet)");
    }
}
