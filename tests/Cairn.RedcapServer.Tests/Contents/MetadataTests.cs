using static Cairn.RedcapServer.Tests.TestDesign;

namespace Cairn.RedcapServer.Tests.Contents;

/// <summary>The data dictionary through the API.</summary>
public class MetadataTests
{
    private const string Header =
        "field_name,form_name,section_header,field_type,field_label,select_choices_or_calculations,field_note,text_validation_type_or_show_slider_number,text_validation_min,text_validation_max,"
        + "identifier,branching_logic,required_field,custom_alignment,question_number,matrix_group_name,matrix_ranking,field_annotation\n";

    [Fact]
    public void The_dictionary_is_exported_in_its_order_fields_and_forms_together()
    {
        using var server = new TestServer(Classic().Build());
        Assert.Equal(
            Header + "name,demographics,,text,name,,,,,,y,,,,,,,\nsex,demographics,,radio,sex,\"0, Female | 1, Male\",,,,,,,,,,,,\n"
            + "visit_date,visit,,text,\"visit date\",,,date_ymd,,,,,,,,,,\nscore,visit,,text,score,,,integer,,,,,,,,,,\n",
            server.Body("content=metadata", "format=csv", "fields=sex, name", "forms[0]=visit"));
        Assert.Equal(12, server.Body("content=metadata", "format=json", "fields=", "forms=").Split("field_name").Length - 1);
        Assert.StartsWith("""[{"field_name":"score","form_name":"visit","section_header":"","field_type":"text","field_label":"score",""", server.Body("content=metadata", "format=json", "fields=score"), StringComparison.Ordinal);
        Assert.Equal((400, "ERROR: The following values in the parameter \"fields\" are not valid: 'x'"), server.Call("content=metadata", "format=csv", "fields=x,name"));
        Assert.Equal((400, "ERROR: The following values in the parameter \"forms\" are not valid: 'y'"), server.Call("content=metadata", "format=csv", "forms=y"));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("xml")]
    public void What_is_exported_can_be_imported(string format)
    {
        using var server = new TestServer(Classic().Build());
        server.Import("record_id,name,race____4\n1,Ada,1");
        string exported = server.Body("content=metadata", "format=" + format), records = server.Export();
        Assert.Equal("12", server.Body("content=metadata", "format=" + format, "data=" + exported));
        Assert.Equal(exported, server.Body("content=metadata", "format=" + format));
        Assert.Equal(records, server.Export());
    }

    [Fact]
    public void A_new_dictionary_keeps_the_data_of_fields_that_stay_and_gives_rights_to_new_instruments()
    {
        using var server = new TestServer(Classic().Build());
        server.Import("record_id,name,age,score\n1,Ada,20,7");
        Assert.Equal("3", server.Body("content=metadata", "format=csv", "data=field_name,form_name,field_type,field_label\nrecord_id,first,text,Id\nage,first,text,Age\nscore,second,text,Score"));
        Assert.Equal("record_id,age,first_complete,score,second_complete\n1,20,0,7,0\n", server.Export());
        Assert.Contains(",\"first:1,second:1\",\"first:1,second:1\"\n", server.Body("content=user", "format=csv"), StringComparison.Ordinal);
        Assert.Equal("Upload data dictionary (API)", System.Text.Json.JsonDocument.Parse(server.Body("content=log", "format=json", "logtype=manage")).RootElement[1].GetProperty("details").GetString());
    }

    [Fact]
    public void Faults_are_told_by_cell_and_nothing_is_changed()
    {
        using var server = new TestServer(Classic().Build());
        string before = server.Body("content=metadata", "format=csv");
        (int status, string body) = server.Call("content=metadata", "format=csv", "data=field_name,form_name,field_type,field_label\nrecord_id,first,text,Id\n9lives,first,text,Age\nscore,first,blob,Score");
        Assert.Equal(400, status);
        Assert.StartsWith("ERROR: ", body, StringComparison.Ordinal);
        Assert.Contains("A3", body, StringComparison.Ordinal);
        Assert.Contains("C4", body, StringComparison.Ordinal);
        Assert.Equal(400, server.Call("content=metadata", "format=json", "data=[]").Status);
        Assert.Equal(400, server.Call("content=metadata", "format=json", "data=[{").Status);
        Assert.Equal(before, server.Body("content=metadata", "format=csv"));
        server.Change(d => d with { Settings = d.Settings with { InProduction = true } });
        Assert.Equal((400, "ERROR: This method is available only for projects in Development status"), server.Call("content=metadata", "format=csv", "data=" + before));
    }
}
