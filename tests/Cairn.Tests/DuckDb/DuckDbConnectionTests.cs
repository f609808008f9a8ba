using System.Diagnostics;
using Cairn.Adapters.DuckDb;

namespace Cairn.Tests.DuckDb;

public sealed class DuckDbConnectionTests : DuckDbFixture
{
    // Two hundred thousand million steps: hours, unless it is stopped.
    private const string Endless = "select count(*) from range(1000000) a, range(200000) b where (a.range * b.range) % 7 = 3";

    [Theory]
    [InlineData("selct 1", DuckDbErrorKind.Syntax, "selct")]
    [InlineData("select barcode", DuckDbErrorKind.Binder, "barcode")]
    [InlineData("select * from sheets", DuckDbErrorKind.Catalog, "sheets")]
    [InlineData("select 'x'::integer", DuckDbErrorKind.Conversion, "Could not convert string 'x' to INT32")]
    [InlineData("select 2000000000::integer + 2000000000::integer", DuckDbErrorKind.OutOfRange, "Overflow")]
    [InlineData("insert into only_one values (1), (1)", DuckDbErrorKind.Constraint, "PRIMARY KEY")]
    [InlineData("select * from read_parquet('/no/such.parquet')", DuckDbErrorKind.InputOutput, "/no/such.parquet")]
    public void An_error_keeps_the_words_of_the_engine_and_its_kind(string sql, DuckDbErrorKind kind, string words)
    {
        Connection.Execute("create table only_one (id integer primary key)");
        var error = Fails(sql);
        Assert.Equal(kind, error.Kind);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(" Error:", error.Detail, StringComparison.Ordinal);
        Assert.Equal(kind, Assert.Throws<DuckDbException>(() => Drain(Connection.Stream(sql))).Kind);
    }

    [Fact]
    public void A_stream_that_fails_half_way_throws_instead_of_ending_early()
    {
        using var result = Connection.Stream("select case when i = 900000 then 'x' else i::varchar end::bigint from range(1000000) t(i)");
        Assert.Equal(DuckDbErrorKind.Conversion, Assert.Throws<DuckDbException>(() => Drain(result)).Kind);
    }

    [Fact]
    public void A_stream_reads_all_rows_in_order()
    {
        using var result = Connection.Stream("select i from range(1000000) t(i)");
        long expected = 0;
        while (result.NextChunk())
        {
            for (var row = 0; row < result.RowCount; row++)
            {
                if (result.Int64(row, 0) != expected++)
                {
                    Assert.Fail($"row {expected - 1} is {result.Int64(row, 0)}");
                }
            }
        }
        Assert.Equal(1_000_000, expected);
    }

    [Fact]
    public void Rows_changed_are_counted()
    {
        Connection.Execute("create table t (i bigint); insert into t values (100)");
        Assert.Equal(5, Connection.Execute("insert into t select * from range(5)"));
        Assert.Equal(2, Connection.Execute("update t set i = i + 1 where i < ?", 2));
        Assert.Equal(6, Connection.Execute("delete from t"));
    }

    [Fact]
    public void A_wrong_number_or_type_of_parameters_is_said()
    {
        Assert.Contains("2 parameters, and 1 values", Assert.Throws<ArgumentException>(() => Connection.Execute("select ?, ?", 1)).Message, StringComparison.Ordinal);
        Assert.Contains("Guid", Assert.Throws<ArgumentException>(() => Connection.Execute("select ?", Guid.Empty)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Connection.Execute("select 1\0; select 2"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_cancelled_token_stops_a_statement_within_a_second(bool streaming)
    {
        using var stop = new CancellationTokenSource();
        var watch = new Stopwatch();
        // A thread of its own: the pool's are all busy with tests, and it is the engine's time that is measured.
        var stopper = new Thread(() =>
        {
            Thread.Sleep(300);
            watch.Start();
            stop.Cancel();
        });
        stopper.Start();
        var error = Assert.Throws<OperationCanceledException>(() => Drain(streaming ? Connection.Stream(Endless, stop.Token) : Connection.Query(Endless, stop.Token)));
        Assert.Equal(stop.Token, error.CancellationToken);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 1);
        stopper.Join();
        Assert.Equal(1L, Connection.Scalar<long>("select 1"));
    }

    [Fact]
    public void A_token_cancelled_while_a_stream_is_read_stops_it()
    {
        using var stop = new CancellationTokenSource();
        using var result = Connection.Stream("select i from range(100000000) t(i)", stop.Token);
        Assert.True(result.NextChunk());
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => Drain(result));
    }

    [Fact]
    public void An_interrupt_without_a_token_is_an_error_of_its_kind()
    {
        var interrupter = new Thread(() =>
        {
            Thread.Sleep(300);
            Connection.Interrupt();
        });
        interrupter.Start();
        Assert.Equal(DuckDbErrorKind.Interrupt, Fails(Endless).Kind);
        interrupter.Join();
    }

    [Fact]
    public void Progress_is_seen_from_another_thread_and_ends()
    {
        Connection.Execute("create table t as select i, hash(i) as h from range(600000) t(i)");
        double best = -1;
        Watch(
            () => best = Math.Max(best, Connection.Progress()?.Percentage ?? -1),
            () => Connection.Execute("create table u as select h % 1000003 as k, count(*) as n, max(i) as m, string_agg(i::varchar, ',') as s from t group by k"));
        Assert.InRange(best, 0.1, 100);
        Assert.Null(Connection.Progress());
    }

    [Fact]
    public void A_file_that_is_no_database_and_one_in_a_missing_folder_are_said()
    {
        File.WriteAllText(InFolder("notes.txt"), new string('x', 10000));
        Assert.Equal(DuckDbErrorKind.InputOutput, Assert.Throws<DuckDbException>(() => DuckDbDatabase.Open(InFolder("notes.txt"))).Kind);
        Assert.Equal(DuckDbErrorKind.InputOutput, Assert.Throws<DuckDbException>(() => DuckDbDatabase.Open(InFolder("no/such.duckdb"))).Kind);
    }

    [Fact]
    public void What_was_written_is_there_when_the_file_is_opened_again()
    {
        var path = InFolder("kept.duckdb");
        using (var database = DuckDbDatabase.Open(path, new DuckDbOptions(Threads: 1, PreserveInsertionOrder: false)))
        using (var connection = database.Connect())
        {
            connection.Execute("create table t as select 42 as i");
            Assert.Equal(1, connection.Scalar<int>("select current_setting('threads')"));
            Assert.False(connection.Scalar<bool>("select current_setting('preserve_insertion_order')"));
            Assert.False(connection.Scalar<bool>("select current_setting('autoinstall_known_extensions')"));
            Assert.False(connection.Scalar<bool>("select current_setting('autoload_known_extensions')"));
        }
        using var again = DuckDbDatabase.Open(path, new DuckDbOptions(ReadOnly: true));
        using var reader = again.Connect();
        Assert.Equal(42, reader.Scalar<int>("select i from t"));
        Assert.Throws<DuckDbException>(() => reader.Execute("drop table t"));
        Assert.StartsWith("v1.", DuckDbDatabase.EngineVersion, StringComparison.Ordinal);
    }

    private static void Drain(DuckDbResult result)
    {
        using (result)
        {
            while (result.NextChunk())
            {
            }
        }
    }
}
