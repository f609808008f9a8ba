using System.Globalization;
using Cairn.Adapters.DuckDb;

namespace Cairn.Tests.DuckDb;

public sealed class DuckDbAppenderTests : DuckDbFixture
{
    private static readonly string[] Texts = ["", "a", "twelve bytes", "thirteen byte", "🦋🦋🦋", "🦋🦋🦋🦋", "tab\tquote\"", new('x', 100_000), "nul\0inside"];

    [Fact]
    public void A_hundred_thousand_rows_come_back_as_they_went_in()
    {
        const int Rows = 100_000;
        Connection.Execute("create table t (n bigint, text varchar, x double, small integer)");
        using (var appender = new DuckDbAppender(Connection, "t"))
        {
            for (var i = 0; i < Rows; i++)
            {
                appender.BeginRow();
                appender.Append(i);
                if (i % 7 == 0)
                {
                    appender.AppendNull();
                }
                else
                {
                    appender.AppendUtf8(Utf8(TextOf(i)));
                }
                appender.Append(i / 2.0);
                appender.Append(-i);
                appender.EndRow();
            }
            appender.Close();
            Assert.Equal(Rows, appender.Rows);
        }
        using var result = Connection.Query("select n, text, x, small from t order by n");
        long n = 0;
        while (result.NextChunk())
        {
            for (var row = 0; row < result.RowCount; row++, n++)
            {
                Assert.Equal(n, result.Int64(row, 0));
                Assert.Equal(n % 7 == 0 ? null : TextOf(n), result.Value(row, 1));
                Assert.Equal(n / 2.0, result.Double(row, 2));
                Assert.Equal(-n, result.Int64(row, 3));
            }
        }
        Assert.Equal(Rows, n);
    }

    [Fact]
    public void Every_text_survives_and_equals_itself_to_the_engine()
    {
        Connection.Execute("create table t (text varchar)");
        using (var appender = new DuckDbAppender(Connection, "t"))
        {
            foreach (var text in Texts)
            {
                appender.AppendUtf8(Utf8(text));
                appender.EndRow();
            }
            appender.AppendNull();
            appender.EndRow();
            appender.Close();
        }
        foreach (var text in Texts)
        {
            Assert.Equal(1L, Connection.Scalar<long>("select count(*) from t where text = ?", text));
        }
        Assert.Equal(1L, Connection.Scalar<long>("select count(*) from t where text is null"));
    }

    [Fact]
    public void Flags_and_unsigned_numbers_are_appended_within_their_range()
    {
        Connection.Execute("create table t (flag boolean, byte utinyint)");
        using var appender = new DuckDbAppender(Connection, "t");
        appender.Append(true);
        appender.Append(255);
        appender.EndRow();
        appender.Flush();
        Assert.Equal("true 255", Connection.Scalar<string>("select flag || ' ' || byte from t"));
        appender.Append(false);
        Assert.Throws<OverflowException>(() => appender.Append(256));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        Connection.Execute("create table t (text varchar)");
        using var appender = new DuckDbAppender(Connection, "t");
        Assert.Equal(DuckDbErrorKind.InvalidInput, Assert.Throws<DuckDbException>(() => appender.AppendUtf8([0x41, 0xFF])).Kind);
    }

    [Fact]
    public void Rows_of_the_wrong_shape_are_refused()
    {
        Connection.Execute("create table t (n bigint, text varchar)");
        using var appender = new DuckDbAppender(Connection, "t");
        appender.BeginRow();
        appender.Append(1);
        Assert.Throws<InvalidOperationException>(appender.EndRow);
        Assert.Throws<InvalidOperationException>(appender.BeginRow);
        Assert.Throws<InvalidOperationException>(appender.Close);
        Assert.Throws<InvalidOperationException>(() => appender.Append(2));
    }

    [Fact]
    public void Without_close_rows_still_held_are_dropped()
    {
        Connection.Execute("create table t (n bigint)");
        using (var appender = new DuckDbAppender(Connection, "t"))
        {
            for (var i = 0; i < 5000; i++)
            {
                appender.Append(i);
                appender.EndRow();
            }
        }
        Assert.Equal(0L, Connection.Scalar<long>("select count(*) from t"));
    }

    [Fact]
    public void A_missing_table_and_a_broken_constraint_are_said()
    {
        var missing = Assert.Throws<DuckDbException>(() => new DuckDbAppender(Connection, "nowhere"));
        Assert.Contains("nowhere", missing.Message, StringComparison.Ordinal);
        Assert.Equal(DuckDbErrorKind.Catalog, missing.Kind);
        Connection.Execute("create table t (n bigint primary key)");
        using (var appender = new DuckDbAppender(Connection, "t"))
        {
            for (var i = 0; i < 2; i++)
            {
                appender.Append(7);
                appender.EndRow();
            }
            Assert.Equal(DuckDbErrorKind.Constraint, Assert.Throws<DuckDbException>(appender.Close).Kind);
        }
        Assert.Equal(0L, Connection.Scalar<long>("select count(*) from t"));
    }

    [Fact]
    public void Running_out_of_memory_is_said_with_its_kind()
    {
        using var database = DuckDbDatabase.Open(":memory:", new DuckDbOptions(16L << 20, TempDirectory: ""));
        using var connection = database.Connect();
        connection.Execute("create table t (text varchar)");
        using var appender = new DuckDbAppender(connection, "t");
        var random = new Random(1);
        var text = new byte[1000];
        var error = Assert.Throws<DuckDbException>(() =>
        {
            for (var i = 0; i < 100_000; i++)
            {
                // Text of one letter would be squeezed to nothing.
                random.GetItems("ABCDEFGHIJKLMNOPQRSTUVWXYZ"u8, text);
                appender.AppendUtf8(text);
                appender.EndRow();
            }
        });
        Assert.Equal(DuckDbErrorKind.OutOfMemory, error.Kind);
    }

    private static string TextOf(long i) => i % 5 == 0 ? "" : "🌿 " + new string('y', (int)(i % 30)) + i.ToString(CultureInfo.InvariantCulture);
}
