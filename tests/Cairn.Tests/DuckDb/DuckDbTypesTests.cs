using System.Globalization;
using Cairn.Adapters.DuckDb;

namespace Cairn.Tests.DuckDb;

public sealed class DuckDbTypesTests : DuckDbFixture
{
    public static TheoryData<string, object?> Literals => new()
    {
        { "true", true },
        { "(-7)::tinyint", (sbyte)-7 },
        { "(-300)::smallint", (short)-300 },
        { "-70000", -70000 },
        { "9223372036854775807", long.MaxValue },
        { "255::utinyint", (byte)255 },
        { "65535::usmallint", (ushort)65535 },
        { "4294967295::uinteger", uint.MaxValue },
        { "18446744073709551615::ubigint", ulong.MaxValue },
        { "(-170141183460469231731687303715884105727)::hugeint", -Int128.MaxValue },
        { "340282366920938463463374607431768211455::uhugeint", UInt128.MaxValue },
        { "1.5::float", 1.5f },
        { "-2.25::double", -2.25 },
        { "'NaN'::double", double.NaN },
        { "(-1.5)::decimal(4,1)", -1.5m },
        { "12345.678::decimal(9,3)", 12345.678m },
        { "-0.000001::decimal(18,6)", -0.000001m },
        { "79228162514264337593543950335::decimal(38,0)", decimal.MaxValue },
        { "'Quercus'", "Quercus" },
        { "'short of 13'", "short of 13" },
        { "'twelve bytes'", "twelve bytes" },
        { "'thirteen byte'", "thirteen byte" },
        { "''", "" },
        { "'🦋 Ærø'", "🦋 Ærø" },
        { "'\\x00\\xFF'::blob", new byte[] { 0, 255 } },
        { "date '1753-05-01'", new DateOnly(1753, 5, 1) },
        { "date '0001-01-01'", DateOnly.MinValue },
        { "date '9999-12-31'", DateOnly.MaxValue },
        { "time '23:59:59.000001'", new TimeOnly(23, 59, 59).Add(TimeSpan.FromMicroseconds(1)) },
        { "timestamp '1969-12-31 23:59:59.5'", new DateTime(1969, 12, 31, 23, 59, 59, 500) },
        { "timestamp '0001-01-01'", DateTime.MinValue },
        { "timestamp_s '2024-02-29 12:00:00'", new DateTime(2024, 2, 29, 12, 0, 0) },
        { "timestamp_ms '2024-02-29 12:00:00.25'", new DateTime(2024, 2, 29, 12, 0, 0, 250) },
        { "timestamp_ns '2024-02-29 12:00:00.000000100'", new DateTime(2024, 2, 29, 12, 0, 0).AddTicks(1) },
        { "timestamptz '2024-01-01 00:00:00+02'", new DateTimeOffset(2023, 12, 31, 22, 0, 0, TimeSpan.Zero) },
        { "'00112233-4455-6677-8899-aabbccddeeff'::uuid", Guid.Parse("00112233-4455-6677-8899-aabbccddeeff") },
        { "'b'::enum('a', 'b')", "b" },
        { "[1, null, 3]", new object?[] { 1, null, 3 } },
        { "{'genus': 'Quercus', 'rank': [null, 'x']}", new Dictionary<string, object?> { ["genus"] = "Quercus", ["rank"] = new object?[] { null, "x" } } },
        { "null", null },
        { "null::varchar", null },
    };

    [Theory]
    [MemberData(nameof(Literals), DisableDiscoveryEnumeration = true)]
    public void A_value_of_each_type_is_read_as_it_is(string literal, object? expected) => Assert.Equal(expected, Value($"select {literal}"));

    [Theory]
    [InlineData("'infinity'::date")]
    [InlineData("date '12000-01-01'")]
    [InlineData("'infinity'::timestamp")]
    [InlineData("'-infinity'::timestamp_s")]
    [InlineData("timestamp_ns '2024-02-29 12:00:00.000000001'")]
    [InlineData("79228162514264337593543950336::decimal(38,0)")]
    [InlineData("1::decimal(38,29)")]
    [InlineData("interval 1 month")]
    public void What_dotnet_cannot_hold_exactly_is_an_error_that_says_to_cast(string literal)
    {
        var error = Assert.Throws<DuckDbException>(() => Value($"select {literal}"));
        Assert.Equal(DuckDbErrorKind.OutOfRange, error.Kind);
        Assert.Contains("cast it to VARCHAR", error.Message, StringComparison.Ordinal);
        Assert.IsType<string>(Value($"select ({literal})::varchar"));
    }

    [Fact]
    public void Typed_getters_widen_and_refuse_what_does_not_fit()
    {
        using var result = Connection.Query("select 7::tinyint as a, sum(i)::hugeint as b, 18446744073709551615::ubigint as c, 2.5::decimal(3,1) as d, 'x' as e from range(5) t(i)");
        Assert.Equal(["a", "b", "c", "d", "e"], result.Columns.Select(c => c.Name));
        Assert.Equal([DuckDbType.TinyInt, DuckDbType.HugeInt, DuckDbType.UBigInt, DuckDbType.Decimal, DuckDbType.Varchar], result.Columns.Select(c => c.Type));
        Assert.True(result.NextChunk());
        Assert.Equal(1, result.RowCount);
        Assert.Equal(7, result.Int64(0, 0));
        Assert.Equal(10, result.Int64(0, 1));
        Assert.Throws<OverflowException>(() => result.Int64(0, 2));
        Assert.Equal(2.5, result.Double(0, 3));
        Assert.Throws<InvalidCastException>(() => result.Int64(0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => result.IsNull(1, 0));
        Assert.False(result.NextChunk());
    }

    [Fact]
    public void Parameters_keep_their_values_and_empty_text_is_not_null()
    {
        using var result = Connection.Query("select $1, $2, $3, $4, $5, $6", "it's; drop 🦋", "", null, long.MinValue, 0.1, true);
        Assert.True(result.NextChunk());
        Assert.Equal<object?>(["it's; drop 🦋", "", null, long.MinValue, 0.1, true], Enumerable.Range(0, 6).Select(i => result.Value(0, i)));
        Assert.False(result.IsNull(0, 1));
        Assert.True(result.Utf8(0, 1).IsEmpty);
        Assert.True(result.IsNull(0, 2));
    }

    [Fact]
    public void Nulls_are_told_apart_in_every_row_of_several_chunks()
    {
        using var result = Connection.Query("select case when i % 3 = 0 then null else i::varchar end, i from range(5000) t(i) order by i");
        long rows = 0;
        while (result.NextChunk())
        {
            for (var row = 0; row < result.RowCount; row++, rows++)
            {
                Assert.Equal(rows, result.Int64(row, 1));
                Assert.Equal(rows % 3 == 0, result.IsNull(row, 0));
                Assert.Equal(rows % 3 == 0 ? null : rows.ToString(CultureInfo.InvariantCulture), result.Value(row, 0));
            }
        }
        Assert.Equal(5000, rows);
    }

    [Fact]
    public void A_scalar_is_widened_to_what_is_asked_for()
    {
        Assert.Equal(10L, Connection.Scalar<long>("select sum(i) from range(5) t(i)"));
        Assert.Equal("10", Connection.Scalar<string>("select 10"));
        Assert.Null(Connection.Scalar<long?>("select null::bigint"));
        Assert.Null(Connection.Scalar<string>("select 'x' where false"));
        Assert.Equal(3, Connection.Scalar<int?>("select 3::bigint"));
    }
}
