namespace Cairn.RedcapServer.Tests.Records;

/// <summary>Which columns and rows an export has, and how its values are written.</summary>
public sealed class ExportTests
{
    [Fact]
    public void A_classic_project_has_one_row_a_record_in_natural_order()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        Assert.Equal("3", server.Import("record_id,name,age,race___1,race____4\n10,Ann,20,1,0\n2,\"Bo \"\"B\"\" O\",30,0,1\nx1,C,,,\n"));
        Assert.Equal(
            "record_id,name,age,weight,dob,sex,race___1,race___2,race____4,consent,double_age,comments,demographics_complete,visit_date,score,visit_complete\n" +
            "2,\"Bo \"\"B\"\" O\",30,,,,0,0,1,,60,,0,,,0\n" +
            "10,Ann,20,,,,1,0,0,,40,,0,,,0\n" +
            "x1,C,,,,,0,0,0,,,,0,,,0\n", server.Export());
    }

    [Fact]
    public void Fields_come_in_the_order_of_the_dictionary_and_the_id_only_if_asked()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        server.Import("record_id,name,age\n1,Ann,20\n");
        Assert.Equal("name,age\nAnn,20\n", server.Export("fields[0]=age", "fields[1]=name"));
        Assert.Equal("record_id,age\n1,20\n", server.Export("fields=age, record_id"));
        Assert.Equal("visit_date,score,visit_complete\n,,0\n", server.Export("forms=visit"));
        Assert.Equal("demographics_complete\n0\n", server.Export("fields[]=demographics_complete"));
    }

    [Fact]
    public void Labels_stand_for_codes()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        server.Import("record_id,sex,race___1,consent,demographics_complete\n1,0,1,1,2\n");
        Assert.Equal("sex,race___1,race___2,race____4,consent,demographics_complete\nFemale,Checked,Unchecked,Unchecked,Yes,Complete\n", server.Export("fields=sex,race,consent,demographics_complete", "rawOrLabel=label"));
        Assert.Equal("race___1,race___2,race____4\nWhite,,\n", server.Export("fields=race", "rawOrLabel=label", "exportCheckboxLabel=true"));
        Assert.Equal("\"race (choice=White)\",\"race (choice=Asian)\",\"race (choice=Other)\",Complete?\n1,0,0,2\n", server.Export("fields=race,demographics_complete", "rawOrLabelHeaders=label"));
        Assert.Equal("race\n1\n", server.Export("fields=race", "combineCheckboxOptions=TRUE"));
    }

    [Fact]
    public void Json_has_strings_and_the_instance_as_a_number()
    {
        using var server = new TestServer(TestDesign.Repeating().Build());
        server.Import("record_id,redcap_repeat_instrument,redcap_repeat_instance,name,test,value\n1,,,Ann,,\n1,lab,1,,hb,1.5\n1,lab,new,,hb,2.5\n");
        Assert.Equal(
            """[{"record_id":"1","redcap_repeat_instrument":"","redcap_repeat_instance":"","name":"Ann","race___1":"0","race___2":"0","intake_complete":"0","test":"","value":"","lab_complete":""},""" +
            """{"record_id":"1","redcap_repeat_instrument":"lab","redcap_repeat_instance":1,"name":"","race___1":"","race___2":"","intake_complete":"","test":"hb","value":"1.5","lab_complete":"0"},""" +
            """{"record_id":"1","redcap_repeat_instrument":"lab","redcap_repeat_instance":2,"name":"","race___1":"","race___2":"","intake_complete":"","test":"hb","value":"2.5","lab_complete":"0"}]""",
            server.Body("content=record", "format=json"));
    }

    [Fact]
    public void Xml_has_an_item_a_row()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        server.Import("record_id,name\n1,\"a ]]> & b\"\n");
        Assert.Equal(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<records>\n<item><record_id><![CDATA[1]]></record_id><name><![CDATA[a ]]]]><![CDATA[> & b]]></name></item>\n</records>",
            server.Body("content=record", "fields=record_id,name"));
    }

    [Fact]
    public void A_longitudinal_project_has_a_row_for_each_event_that_holds_data()
    {
        using var server = new TestServer(TestDesign.Longitudinal().Build());
        server.Import("study_id,redcap_event_name,name,race___2,visit_date,score\n1,visits_arm_1,,,2024-01-02,5\n1,enrolment_arm_1,Ann,1,,\n2,enrolment_arm_2,Bo,,,\n");
        Assert.Equal(
            "study_id,redcap_event_name,name,race___1,race___2,enrolment_complete,visit_date,score,visit_complete\n" +
            "1,enrolment_arm_1,Ann,0,1,0,,,\n1,visits_arm_1,,,,,2024-01-02,5,0\n2,enrolment_arm_2,Bo,0,0,0,,,\n", server.Export());
        Assert.Equal("score\n5\n", server.Export("fields=score"));
        Assert.Equal("study_id,redcap_event_name,score\n1,\"Enrolment (Arm 1: Arm 1)\",\n1,\"Visits (Arm 1: Arm 1)\",5\n2,\"Enrolment (Arm 2: Arm 2)\",\n", server.Export("fields=study_id,score", "rawOrLabel=label"));
        Assert.Equal("study_id,redcap_event_name,score\n1,visits_arm_1,5\n", server.Export("fields=study_id,score", "events=visits_arm_1"));
    }

    [Fact]
    public void A_filter_is_evaluated_at_each_event_unless_it_names_one()
    {
        using var server = new TestServer(TestDesign.Longitudinal().Build());
        server.Import("study_id,redcap_event_name,name,score\n1,enrolment_arm_1,Ann,\n1,visits_arm_1,,5\n2,enrolment_arm_1,Bo,\n2,visits_arm_1,,7\n");
        Assert.Equal("study_id,redcap_event_name\n2,visits_arm_1\n", server.Export("fields=study_id", "filterLogic=[score] > 5"));
        Assert.Equal("study_id,redcap_event_name\n2,enrolment_arm_1\n2,visits_arm_1\n", server.Export("fields=study_id", "filterLogic=[visits_arm_1][score] > 5"));
    }

    [Fact]
    public void A_filter_that_is_not_logic_says_where()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        (int status, string body) = server.Call("content=record", "format=json", "filterLogic=where age LIKE 4");
        Assert.Equal(400, status);
        Assert.Contains("character", body, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_field_is_refused_and_so_is_a_pseudo_field()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        Assert.Equal((400, "{\"error\":\"The following values in the parameter \\\"fields\\\" are not valid: 'x', 'redcap_event_name'\"}"), server.Call("content=record", "format=json", "fields=age,x,redcap_event_name"));
        Assert.Equal((400, "ERROR: The following values in the parameter \"forms\" are not valid: 'y'"), server.Call("content=record", "format=csv", "forms=y"));
    }

    [Fact]
    public void Nothing_is_empty_in_each_format()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        Assert.Equal("\n", server.Export());
        Assert.Equal("[]", server.Body("content=record", "format=json"));
        Assert.Equal("<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<records>\n</records>", server.Body("content=record"));
    }

    [Fact]
    public void A_row_a_value()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        server.Import("record_id,name,race___1,race____4\n1,Ann,1,1\n");
        Assert.Equal(
            "record,field_name,value\n1,demographics_complete,0\n1,name,Ann\n1,race,1\n1,race,-4\n1,record_id,1\n1,visit_complete,0\n", server.Body("content=record", "format=csv", "type=eav"));
        Assert.Equal(
            "record,field_name,value\n1,demographics_complete,0\n1,name,Ann\n1,race,1\n1,race,-4\n1,record_id,1\n", server.Body("content=record", "format=csv", "type=eav", "exportBlankForGrayFormStatus=TRUE"));
    }

    [Fact]
    public void Untouched_forms_are_gray()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        server.Import("record_id,name\n1,Ann\n");
        Assert.Equal("demographics_complete,visit_complete\n0,\n", server.Export("fields=demographics_complete,visit_complete", "exportBlankForGrayFormStatus=true"));
    }

    [Fact]
    public void Delimiters_and_decimal_characters()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        server.Import("record_id;weight;name\n1;26.8;a,b\n", "csvDelimiter=;");
        Assert.Equal("record_id^name^weight\n1^a,b^26,8\n", server.Export("fields=record_id,weight,name", "csvDelimiter=^", "decimalCharacter=,"));
        Assert.Equal("record_id\tname\n1\ta,b\n", server.Export("fields=record_id,name", "csvDelimiter=tab"));
    }

    [Fact]
    public void Only_records_touched_within_a_range_of_time()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        server.Import("record_id,name\n1,Ann\n2,Bo\n");
        server.Clock.Time += TimeSpan.FromHours(1);
        server.Import("record_id,name\n2,Bob\n");
        Assert.Equal("record_id\n2\n", server.Export("fields=record_id", "dateRangeBegin=2024-05-06 07:30:00"));
        Assert.Equal("record_id\n1\n2\n", server.Export("fields=record_id", "dateRangeEnd=2024-05-06 07:30:00", "dateRangeBegin="));
        Assert.Equal("\n", server.Export("fields=record_id", "dateRangeBegin=2024-05-06 08:08:09"));
    }
}
