using System.Text;
using Cairn.Adapters.DuckDb;

namespace Cairn.Tests.DuckDb;

public sealed class DuckDbFilesTests : DuckDbFixture
{
    [Fact]
    public void A_job_larger_than_the_memory_limit_spills_and_ends_right()
    {
        var spill = InFolder("spill");
        using var database = DuckDbDatabase.Open(InFolder("limited.duckdb"), new DuckDbOptions(128L << 20, spill, Threads: 2, PreserveInsertionOrder: false));
        using var connection = database.Connect();
        const int Rows = 1_000_000;
        // Some 200 MB of text that must all be held to find what is distinct.
        connection.Execute($"create table t as select i % {Rows} as i, repeat(md5((i % {Rows})::varchar), 5) as s from range({Rows} + 1000) t(i)");
        long spilled = 0;
        Watch(
            () => spilled = Math.Max(spilled, SizeOf(spill)),
            () => Assert.Equal(Rows, connection.Scalar<long>("select count(*) from (select distinct s, i from t)")));
        Assert.InRange(spilled, 1L << 20, long.MaxValue);
    }

    [Fact]
    public void Without_a_place_to_spill_the_limit_is_an_error_of_its_kind()
    {
        using var database = DuckDbDatabase.Open(":memory:", new DuckDbOptions(32L << 20, TempDirectory: ""));
        using var connection = database.Connect();
        var error = Assert.Throws<DuckDbException>(() => connection.Execute("create table t as select md5(i::varchar) as s from range(3000000) t(i)"));
        Assert.Equal(DuckDbErrorKind.OutOfMemory, error.Kind);
    }

    [Fact]
    public void Parquet_is_written_and_read_back_with_its_types()
    {
        var path = InFolder("sheets.parquet");
        var rows = Connection.Execute($"copy (select i, '🦋' || i as s, case when i = 1 then null else '' end as e, date '1900-01-01' + i::integer as d from range(3) t(i)) to '{path}' (format parquet)");
        Assert.Equal(3, rows);
        using var result = Connection.Query("select * from read_parquet(?) order by i desc", path);
        Assert.True(result.NextChunk());
        Assert.Equal<object?>([2L, "🦋2", "", new DateOnly(1900, 1, 3)], Enumerable.Range(0, 4).Select(c => result.Value(0, c)));
        Assert.Null(result.Value(1, 2));
    }

    [Fact]
    public void Json_lines_are_read_with_nested_values()
    {
        var path = InFolder("records.jsonl");
        File.WriteAllText(path, "{\"id\": \"007\", \"parts\": [\"leaf\", null]}\n{\"id\": \"\", \"parts\": []}\n{\"id\": null}\n", new UTF8Encoding(false));
        using var result = Connection.Query("select id, parts from read_json(?, format = 'newline_delimited', columns = {id: 'varchar', parts: 'varchar[]'})", path);
        Assert.True(result.NextChunk());
        Assert.Equal(3, result.RowCount);
        Assert.Equal(["007", "", null], Enumerable.Range(0, 3).Select(row => result.Value(row, 0)));
        Assert.Equal([new object?[] { "leaf", null }, Array.Empty<object?>(), null], Enumerable.Range(0, 3).Select(row => result.Value(row, 1)));
    }

    private static long SizeOf(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length) : 0;
        }
        catch (IOException)
        {
            // A file went away between being listed and being measured.
            return 0;
        }
    }
}
