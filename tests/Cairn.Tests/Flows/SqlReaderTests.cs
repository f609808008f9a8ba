using Cairn.Core.Flows;

namespace Cairn.Tests.Flows;

public sealed class SqlReaderTests
{
    [Theory]
    [InlineData("SELECT * FROM media ORDER BY _row", "media")]
    [InlineData("SELECT * FROM MEDIA, \"specimens\" ORDER BY 1", "media specimens")]
    [InlineData("SELECT 'media', E'it\\'s media' FROM specimens -- media\n /* media /* nested */ media */ ORDER BY id", "specimens")]
    [InlineData("SELECT $$ media $$, $x$ media $x$ FROM specimens ORDER BY id", "specimens")]
    [InlineData("SELECT s.media FROM specimens s ORDER BY s. media", "specimens")]
    [InlineData("SELECT media.id FROM media ORDER BY 1", "media")]
    [InlineData("SELECT mediax, xmedia, media_1 FROM (VALUES (1)) ORDER BY 1", "")]
    [InlineData("WITH made AS (SELECT * FROM media) SELECT * FROM made ORDER BY id", "media")]
    [InlineData("SELECT 'it''s media' FROM specimens ORDER BY 'open", "specimens")]
    public void Finds_the_tables_a_statement_mentions(string sql, string tables)
    {
        SqlHead head = Head(sql);
        Assert.Equal(tables.Split(' ', StringSplitOptions.RemoveEmptyEntries), head.Inputs.Select(i => i.Name));
        Assert.Equal(("duckdb", sql), (head.Dialect, head.Text));
    }

    [Theory]
    [InlineData("SELECT * FROM media ORDER BY id", true)]
    [InlineData("SELECT _row, id FROM media", true)]
    [InlineData("SELECT * FROM media order\n  by id LIMIT 3", true)]
    [InlineData("SELECT * FROM media", false)]
    [InlineData("SELECT * FROM (SELECT * FROM media ORDER BY id)", false)]
    [InlineData("SELECT row_number() OVER (ORDER BY id) FROM media", false)]
    [InlineData("SELECT * FROM media -- ORDER BY id", false)]
    [InlineData("SELECT 'ORDER BY _row' FROM media", false)]
    public void Says_when_the_order_is_not_defined(string sql, bool ordered) =>
        Assert.Equal(ordered ? [] : ["flow/unordered-sql"], Read(sql).Problems.Select(p => p.Code).Where(c => c != "flow/unused-table"));

    [Theory]
    [InlineData("SELECT * FROM media WHERE id = $least ORDER BY id", true)]
    [InlineData("SELECT '$most' FROM media ORDER BY id -- $most", true)]
    [InlineData("SELECT $most FROM media ORDER BY id", false)]
    [InlineData("SELECT $1 FROM media ORDER BY id", false)]
    public void Knows_its_parameters(string sql, bool known) =>
        Assert.Equal(known ? [] : ["flow/unknown-parameter"], Read(sql).Problems.Select(p => p.Code).Where(c => c != "flow/unused-table"));

    private static SqlHead Head(string sql) => (SqlHead)Read(sql).Flow!.Steps[0].Head;

    private static FlowReading Read(string sql) => FlowTexts.Read($$"""
        flow: f
        parameters: { least: { default: "1" } }
        read: { media: { delimited: { path: r.tsv } }, specimens: { delimited: { path: r.tsv } } }
        shape:
          made: { sql: {{System.Text.Json.JsonSerializer.Serialize(sql)}} }
        write: { made: { to: { delimited: { path: o.tsv } } } }
        """);
}
