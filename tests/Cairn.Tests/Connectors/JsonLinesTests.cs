using Cairn.Adapters.Connectors.JsonLines;
using Cairn.Core;
using Cairn.Core.Flows;

namespace Cairn.Tests.Connectors;

public sealed class JsonLinesTests : IDisposable
{
    private static readonly JsonLinesConnector Connector = new();

    private readonly Connected at = new();

    public void Dispose() => at.Dispose();

    [Fact]
    public void Objects_become_rows_of_the_keys_met()
    {
        at.Write("a.jsonl", "{\"id\": \"007\", \"n\": 1.50}\n\n{\"n\": 12345678901234567890123, \"parts\": [ \"leaf\", null ], \"id\": null}\r\n{\"id\":\"\\u00e9\\n\\ud83e\\udea8\",\"ok\":true}");
        TableRead read = at.Read(Connector, ("path", "a.jsonl"));
        Assert.Equal(["id", "n", "parts", "ok"], read.Columns);
        Assert.Equal(["007|1.50||", "|12345678901234567890123|[ \"leaf\", null ]|", "\u00e9\n\ud83e\udea8|||true"], read.Rows);
        Assert.Equal([1L, 3L, 4L], read.Numbers);
    }

    [Fact]
    public void Lines_that_are_no_objects_are_refused_with_their_place()
    {
        at.Write("a.jsonl", "{\"a\": 1}\n{\"a\": 1\n[1]\n{\"a\": 1, \"a\": 2}\n{\"a\": \"\\ud800\"}\n{\"a\": 1} x\n{\"a\": 2}\n");
        TableRead read = at.Read(Connector, ("path", "a.jsonl"));
        Assert.Equal(["1", "2"], read.Rows);
        Assert.Equal([(2L, "jsonlines/not-json"), (3L, "jsonlines/no-object"), (4L, "jsonlines/key-twice"), (5L, "jsonlines/not-json"), (6L, "jsonlines/not-json")], read.Refusals.Select(r => (r.Line, r.Code)));
        Assert.Equal("{\"a\": 1", read.Refusals[0].Text);
    }

    [Fact]
    public void Keys_that_are_no_columns_are_told()
    {
        at.Write("b/1.jsonl", "{\"a\": 1}\n");
        at.Write("b/2.jsonl", "{\"a\": 2, \"late\": 3}\n");
        TableRead read = at.Read(Connector, ("path", "b"));
        Assert.Equal(["1", "2"], read.Rows);
        Assert.Equal(2, read.Report.Inputs.Count);
        Problem other = Assert.Single(read.Report.Findings);
        Assert.Equal("jsonlines/other-keys", other.Code);
        Assert.Equal([$"`late` in {at.PathOf("b/2.jsonl")}:1"], other.Details);
        Assert.Equal(["|1", "3|2"], at.Read(Connector, ("path", "b"), ("keys", (string[])["late", "a"])).Rows);
        at.Write("none.jsonl", "\n");
        Assert.Equal("jsonlines/no-keys", Assert.Throws<ProblemException>(() => at.Read(Connector, ("path", "none.jsonl"))).Problems[0].Code);
    }

    [Fact]
    public void A_table_is_written_as_objects_and_reads_back()
    {
        TableOf table = new(["id", "n", "text"], ["007", "1.50", "a\"b\n\u00e9"], ["", "", ""])
        {
            Columns = [new TableColumn("id", ColumnType.Text), new TableColumn("n", ColumnType.Decimal), new TableColumn("text", ColumnType.Text)],
        };
        DestinationReport report = at.Write(Connector, table, ("path", "out/t.jsonl"));
        Assert.Equal("{\"id\":\"007\",\"n\":1.50,\"text\":\"a\\\"b\\n\u00e9\"}\n{\"id\":null,\"n\":null,\"text\":null}\n", File.ReadAllText(at.PathOf("out/t.jsonl")));
        Assert.Equal(2, report.Rows["t"]);
        Assert.Equal(["007|1.50|a\"b\n\u00e9", "||"], at.Read(Connector, ("path", "out/t.jsonl")).Rows);
    }
}
