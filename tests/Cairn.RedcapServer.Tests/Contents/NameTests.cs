using Cairn.RedcapServer.Definitions;
using static Cairn.RedcapServer.Tests.TestDesign;

namespace Cairn.RedcapServer.Tests.Contents;

/// <summary>Names of instruments and of fields.</summary>
public class NameTests
{
    [Fact]
    public void Instruments_come_in_order_with_their_labels()
    {
        using var server = new TestServer(new TestDesign().Form("first_form", TestDesign.Text("record_id")).Form("second", TestDesign.Text("a")).Build());
        Assert.Equal("instrument_name,instrument_label\nfirst_form,\"First form\"\nsecond,Second\n", server.Body("content=instrument", "format=csv"));
        Assert.Equal(
            """[{"instrument_name":"first_form","instrument_label":"First form"},{"instrument_name":"second","instrument_label":"Second"}]""", server.Body("content=instrument", "format=json"));
        Assert.Equal(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<items>\n<item><instrument_name><![CDATA[first_form]]></instrument_name><instrument_label><![CDATA[First form]]></instrument_label></item>\n"
            + "<item><instrument_name><![CDATA[second]]></instrument_name><instrument_label><![CDATA[Second]]></instrument_label></item>\n</items>",
            server.Body("content=instrument"));
    }

    [Fact]
    public void Field_names_expand_checkboxes_and_end_each_form_with_its_status()
    {
        using var server = new TestServer(Named().Build());
        Assert.Equal(
            "original_field_name,choice_value,export_field_name\nrecord_id,,record_id\nrace,1,race___1\nrace,-4,race____4\ndouble,,double\na_complete,,a_complete\nb_text,,b_text\nb_complete,,b_complete\n",
            server.Body("content=exportFieldNames", "format=csv"));
        Assert.Equal(
            """[{"original_field_name":"race","choice_value":"1","export_field_name":"race___1"},{"original_field_name":"race","choice_value":"-4","export_field_name":"race____4"}]""",
            server.Body("content=exportFieldNames", "format=json", "field=race"));
        Assert.Equal((400, "ERROR: The following values in the parameter \"field\" are not valid: 'nothing'"), server.Call("content=exportFieldNames", "format=csv", "field=nothing"));
        Assert.Equal("\n", server.Body("content=log", "format=csv", "logtype=manage"));
    }

    [Fact]
    public void Calculated_fields_have_names_where_the_server_is_told_so()
    {
        using var server = new TestServer(Named().Build(), new ServerOptions { CalcInFieldNames = false });
        Assert.DoesNotContain("double", server.Body("content=exportFieldNames", "format=csv"), StringComparison.Ordinal);
    }

    private static TestDesign Named() => new TestDesign()
        .Form("a", TestDesign.Text("record_id"), Checkbox("race", "1, White | -4, Other"), Calc("double", "1+1"), File("upload"), TestDesign.Text("about") with { Type = FieldType.Descriptive })
        .Form("b", TestDesign.Text("b_text"));
}
