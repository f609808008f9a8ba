using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Records;
using Cairn.RedcapServer.Storage;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Tests.Records;

/// <summary>What an import takes, what it refuses, and what it answers.</summary>
public sealed class ImportTests
{
    private const string NotInForm = "The value you provided could not be validated because it does not follow the expected format. Please try again.";

    [Theory]
    [InlineData("count", "json", "{\"count\": 2}")]
    [InlineData("count", "csv", "2")]
    [InlineData("count", "xml", "<?xml version=\"1.0\" encoding=\"UTF-8\" ?><count>2</count>")]
    [InlineData("ids", "json", "[\"4\",\"5\"]")]
    [InlineData("ids", "csv", "id\n4\n5")]
    [InlineData("ids", "xml", "<?xml version=\"1.0\" encoding=\"UTF-8\" ?><ids><id>4</id><id>5</id></ids>")]
    [InlineData("nothing", "json", "")]
    public void The_answer_has_the_content_and_format_asked_for(string content, string format, string answer)
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        Assert.Equal(answer, server.Import("record_id,name\n4,D\n5,E\n", "returnContent=" + content, "returnFormat=" + format));
    }

    [Fact]
    public void Rows_of_one_record_count_once()
    {
        using var server = new TestServer(TestDesign.Repeating().Build());
        Assert.Equal("1", server.Import("record_id,redcap_repeat_instrument,redcap_repeat_instance,test\n3,lab,1,a\n3,lab,2,b\n"));
    }

    [Fact]
    public void Json_xml_and_value_rows_import_as_csv_does()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        Assert.Equal("{\"count\": 1}", server.Body("content=record", "format=json", "data=[{\"record_id\":1,\"name\":\"Ann\",\"race___2\":\"1\"}]"));
        Assert.Contains("<count>1</count>", server.Body("content=record", "data=<records> <item>\n<record_id>2</record_id><name><![CDATA[Bo & Co]]></name></item></records>"), StringComparison.Ordinal);
        Assert.Equal("1", server.Body("content=record", "format=csv", "type=eav", "data=record,field_name,value\n3,name,Cy\n3,race___1,1\n3,race,2\n"));
        Assert.Equal("record_id,name,race___1,race___2,race____4\n1,Ann,0,1,0\n2,\"Bo & Co\",0,0,0\n3,Cy,1,1,0\n", server.Export("fields=record_id,name,race"));
    }

    [Fact]
    public void One_json_object_is_no_array_and_nothing_is_said_of_it()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        Assert.Equal("{\"count\": 0}", server.Body("content=record", "format=json", "data={\"record_id\":1}"));
        Assert.Equal("\n", server.Export());
    }

    [Fact]
    public void Every_fault_is_reported_and_nothing_imported()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        (int status, string body) = server.Call("content=record", "format=csv", "data=record_id,name,age,weight,dob,sex,race___1,consent,demographics_complete\n1,ok,x,22,0007-40-07,2,99,yes,3\n2,fine,5,22.0,2024-02-29,1,1,1,2\n");
        Assert.Equal(400, status);
        Assert.Equal(
            $"ERROR: \"1\",\"age\",\"x\",\"{NotInForm}\"\n\"1\",\"weight\",\"22\",\"{NotInForm}\"\n\"1\",\"dob\",\"0007-40-07\",\"{NotInForm}\"\n" +
            "\"1\",\"sex\",\"2\",\"The value is not a valid category for sex\"\n\"1\",\"race___1\",\"99\",\"The value is not a valid category for race\"\n" +
            "\"1\",\"consent\",\"yes\",\"The value is not a valid category for consent\"\n\"1\",\"demographics_complete\",\"3\",\"The value is not a valid category for demographics_complete\"", body);
        Assert.Equal("\n", server.Export());
    }

    [Fact]
    public void Unknown_columns_are_named()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        Assert.Equal((400, "{\"error\":\"The following fields were not found in the project as real data fields: a, b\"}"), server.Call("content=record", "format=csv", "returnFormat=json", "data=record_id,a,b\n1,2,3\n"));
    }

    [Fact]
    public void Blanks_erase_only_when_asked_to()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        server.Import("record_id,name,age,race___1\n1,Ann,20,1\n");
        server.Import("record_id,name,age,race___1\n1,,21,\n");
        Assert.Equal("name,age,race___1,race___2,race____4\nAnn,21,1,0,0\n", server.Export("fields=name,age,race"));
        server.Import("record_id,name,age,race___1\n1,,21,\n", "overwriteBehavior=overwrite");
        Assert.Equal("name,age,race___1,race___2,race____4\n,21,0,0,0\n", server.Export("fields=name,age,race"));
    }

    [Theory]
    [InlineData("MDY", "10/11/2018", "2018-10-11")]
    [InlineData("MDY", "10-11-2018", "2018-10-11")]
    [InlineData("DMY", "10/11/2018", "2018-11-10")]
    [InlineData("YMD", "2018-11-10", "2018-11-10")]
    public void Dates_come_in_three_orders_and_are_kept_in_one(string order, string sent, string kept)
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        server.Import($"record_id,dob\n1,{sent}\n", "dateFormat=" + order);
        Assert.Equal($"dob\n{kept}\n", server.Export("fields=dob"));
    }

    [Fact]
    public void Repeating_instruments_have_their_rules()
    {
        using var server = new TestServer(TestDesign.Repeating().Build());
        Assert.Contains(
            "This field ('test') exists on a Repeating Instrument named 'lab'. However, the fields 'redcap_repeat_instance' and/or 'redcap_repeat_instrument'",
            server.Call("content=record", "format=csv", "data=record_id,test\n1,hb\n").Body, StringComparison.Ordinal);
        Assert.Contains(
            "redcap_repeat_instrument must be the unique form name of a Repeating Instrument.",
            server.Call("content=record", "format=csv", "data=record_id,redcap_repeat_instrument,redcap_repeat_instance,test\n1,intake,1,hb\n").Body, StringComparison.Ordinal);
        Assert.Contains(
            "redcap_repeat_instance cannot have a value since this instrument or event is not a repeating instrument",
            server.Call("content=record", "format=csv", "data=record_id,redcap_repeat_instance,name\n1,1,Ann\n").Body, StringComparison.Ordinal);
        Assert.Equal("\n", server.Export());
    }

    [Fact]
    public void A_field_belongs_to_the_events_of_its_form()
    {
        using var server = new TestServer(TestDesign.Longitudinal().Build());
        Assert.Equal(
            "ERROR: \"1\",\"score\",\"5\",\"This field ('score') exists on an instrument that is not designated for the event named 'Enrolment (Arm 1: Arm 1)'. You are not allowed to import data for this field into this event.\"",
            server.Call("content=record", "format=csv", "data=study_id,redcap_event_name,score\n1,enrolment_arm_1,5\n").Body);
    }

    [Fact]
    public void New_records_are_numbered_when_asked_for()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        server.Import("record_id,name\n7,Ann\nab,Bo\n");
        Assert.Equal("[\"8,a\",\"9,b\"]", server.Import("record_id,name\na,Cy\nb,Di\na,Cyd\n", "forceAutoNumber=true", "returnContent=auto_ids", "returnFormat=json"));
        Assert.Equal("10", server.Body("content=generateNextRecordName"));
        Assert.Equal("record_id,name\n7,Ann\n8,Cyd\n9,Di\nab,Bo\n", server.Export("fields=record_id,name"));
    }

    [Fact]
    public void Without_auto_numbering_names_stay_as_given()
    {
        TestDesign design = TestDesign.Classic();
        design.Settings = design.Settings with { AutoNumbering = false };
        using var server = new TestServer(design.Build());
        Assert.Equal("[\"1101,1101\"]", server.Import("record_id,name\n1101,Ann\n", "forceAutoNumber=1", "returnContent=auto_ids", "returnFormat=json"));
    }

    [Fact]
    public void A_user_of_a_group_sees_and_numbers_within_it()
    {
        TestDesign design = TestDesign.Classic();
        design.Dags.AddRange([new Dag(20, "North", "north"), new Dag(21, "South", "south")]);
        using var server = new TestServer(design.Build());
        server.Import("record_id,name,redcap_data_access_group\n1,Ann,north\n2,Bo,south\n");
        Assert.Equal("record_id,redcap_data_access_group,name\n1,north,Ann\n2,south,Bo\n", server.Export("fields=record_id,name", "exportDataAccessGroups=true"));
        server.Change(d => d with { Users = [d.Users[0] with { Dag = 20 }] });
        Assert.Equal("20-1", server.Body("content=generateNextRecordName"));
        Assert.Equal("record_id,name\n1,Ann\n", server.Export("fields=record_id,name", "exportDataAccessGroups=true"));
        Assert.Equal((400, "ERROR: Illegal use of 'redcap_data_access_group' field!"), server.Call("content=record", "format=csv", "data=record_id,redcap_data_access_group\n1,south\n"));
        Assert.Equal("[\"20-1,x\"]", server.Import("record_id,name\nx,Cy\n", "forceAutoNumber=true", "returnContent=auto_ids", "returnFormat=json"));
        Assert.Equal(400, server.Call("content=record", "format=csv", "data=record_id,name\n2,Mine\n").Status);
    }

    [Fact]
    public void Rights_are_asked_for()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        void Without(string right) => server.Change(d => d with { Users = [d.Users[0] with { Rights = d.Users[0].Rights with { Values = Rights.Names.ToDictionary(n => n, n => n == right ? 0 : 1) } }] });
        Without("api_import");
        Assert.Equal((403, "ERROR: You do not have API Import/Update privileges"), server.Call("content=record", "format=csv", "data=record_id\n1\n"));
        Without("api_export");
        Assert.Equal((403, "ERROR: You do not have API Export privileges"), server.Call("content=record", "format=csv"));
        Without("record_create");
        Assert.Contains("Your user privileges do NOT allow you to create new records.", server.Call("content=record", "format=csv", "data=record_id\n1\n").Body, StringComparison.Ordinal);
        Without("record_delete");
        Assert.Equal((403, "ERROR: You do not have Delete Record privileges"), server.Call("content=record", "action=delete", "format=csv", "records=1"));
        Assert.Equal((403, "ERROR: You do not have permissions to use the API"), server.Call("content=record", "format=csv", "token=" + TestServer.Token + "\n"));
    }

    [Fact]
    public void A_log_entry_for_each_record_and_none_when_nothing_changes()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        server.Import("record_id,name,race___1\n1,Ann,1\n");
        server.Import("record_id,name,race___1\n1,Ann,1\n");
        server.Import("record_id,name,race___1\n1,Anne,0\n");
        using ProjectSession session = server.Store.Read(server.Project, "owner");
        Assert.Equal(
            [("Update record (API) 1", "name = 'Anne', race(1) = unchecked"), ("Create record (API) 1", "record_id = '1', name = 'Ann', race(1) = checked")],
            session.LogEntries().Where(e => e.Record is not null).Select(e => (e.Action, e.Details)));
    }

    [Fact]
    public void Calculations_are_computed_and_values_for_them_passed_over()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        server.Import("record_id,age,double_age\n1,21,5\n");
        Assert.Equal("age,double_age\n21,42\n", server.Export("fields=age,double_age"));
        using var strict = new TestServer(TestDesign.Classic().Build(), new ServerOptions { RefuseCalcImport = true });
        Assert.Equal(400, strict.Call("content=record", "format=csv", "data=record_id,double_age\n1,5\n").Status);
    }

    [Fact]
    public void The_secondary_unique_field_is_unique()
    {
        TestDesign design = TestDesign.Classic();
        design.Settings = design.Settings with { SecondaryUniqueField = "name" };
        using var server = new TestServer(design.Build());
        server.Import("record_id,name\n1,Ann\n");
        Assert.Contains("'1' has this value already", server.Call("content=record", "format=csv", "data=record_id,name\n2,Ann\n").Body, StringComparison.Ordinal);
        server.Import("record_id,name,age\n1,Ann,3\n");
    }

    [Fact]
    public void Deleting_is_all_or_nothing()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        server.Import("record_id,name\n1,Ann\n2,Bo\n3,Cy\n");
        Assert.Equal(
            (400, "ERROR: One or more of the records provided cannot be deleted because they do not exist in the project. The following records do not exist: 9"),
            server.Call("content=record", "action=delete", "format=csv", "records[0]=1", "records[1]=9"));
        Assert.Equal("2", server.Body("content=record", "action=delete", "records[0]=1", "records[1]=2"));
        Assert.Equal("record_id\n3\n", server.Export("fields=record_id"));
    }

    [Fact]
    public void Part_of_a_record_is_deleted_and_the_record_stays()
    {
        using var server = new TestServer(TestDesign.Longitudinal().Build());
        server.Import("study_id,redcap_event_name,name,score\n1,enrolment_arm_1,Ann,\n1,visits_arm_1,,5\n1,enrolment_arm_2,Ann,\n");
        Assert.Equal("1", server.Body("content=record", "action=delete", "records=1", "event=visits_arm_1", "instrument=visit"));
        Assert.Equal("study_id,redcap_event_name,score\n1,enrolment_arm_1,\n1,visits_arm_1,\n1,enrolment_arm_2,\n", server.Export("fields=study_id,score"));
        Assert.Equal("1", server.Body("content=record", "action=delete", "records=1", "arm=2"));
        Assert.Equal("study_id,redcap_event_name\n1,enrolment_arm_1\n1,visits_arm_1\n", server.Export("fields=study_id"));
    }

    [Fact]
    public void Renaming_keeps_the_data()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        server.Import("record_id,name\n1,Ann\n2,Bo\n");
        Assert.Equal("1", server.Body("content=record", "action=rename", "record=1", "new_record_name=99"));
        Assert.Equal("record_id,name\n2,Bo\n99,Ann\n", server.Export("fields=record_id,name"));
        Assert.Equal(400, server.Call("content=record", "action=rename", "record=2", "new_record_name=99").Status);
    }

    [Theory]
    [InlineData("csv", "record_id,name\n1,\"Ann\n")]
    [InlineData("csv", "record_id,name\n1\n")]
    [InlineData("json", "[{\"record_id\":")]
    [InlineData("json", "[1]")]
    [InlineData("xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><records><item><record_id>&b;</record_id></item></records>")]
    [InlineData("xml", "<records><item>")]
    public void Data_that_are_not_in_their_format_are_refused(string format, string data)
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        Assert.Equal(400, server.Call("content=record", "format=" + format, "data=" + data).Status);
        using var other = new TestServer(TestDesign.Classic().Build(), new ServerOptions { MalformedDataStatus = 406 });
        Assert.Equal(406, other.Call("content=record", "format=" + format, "data=" + data).Status);
        Assert.Equal("\n", server.Export());
    }

    [Fact]
    public void A_copy_of_records_brings_survey_identifiers_and_times_which_an_import_passes_over()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        server.Change(d => d with { Forms = [d.Forms[0], d.Forms[1] with { IsSurvey = true }] });
        const string Data = "record_id,redcap_survey_identifier,visit_timestamp,score,visit_complete\n1,ann@example.org,\"2024-01-02 03:04:05\",x,2\n2,,\"[not completed]\",,0\n";
        Assert.Equal(400, server.Call("content=record", "format=csv", "data=" + Data).Status);
        Assert.Equal("2", server.Import(Data.Replace(",x,", ",5,", StringComparison.Ordinal)));
        Assert.Equal("record_id,redcap_survey_identifier,visit_timestamp,score\n1,,,5\n2,,,\n", server.Export("exportSurveyFields=true", "fields=record_id,score"));
        using (ProjectSession session = server.Store.Write(server.Project, "owner"))
        {
            var context = new ApiContext(new ApiCall([]), session, session.Project.Design.Users[0], new ServerOptions());
            new RecordImport(context, copy: true).Import(CsvText.Read(Data, ','), eav: false);
            session.Commit();
        }

        Assert.Equal(
            "record_id,redcap_survey_identifier,visit_timestamp,score\n1,ann@example.org,\"2024-01-02 03:04:05\",x\n2,,\"[not completed]\",\n", server.Export("exportSurveyFields=true", "fields=record_id,score"));
    }

    [Fact]
    public void Data_without_rows_still_name_columns_and_blank_data_are_missing()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        Assert.Equal((400, "ERROR: The following fields were not found in the project as real data fields: hello"), server.Call("content=record", "format=csv", "data=hello"));
        Assert.Equal(400, server.Call("content=record", "format=csv", "data=").Status);
    }

    [Fact]
    public void A_form_whose_export_is_not_allowed_gives_neither_values_nor_status()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        server.Import("record_id,name,score\n1,Ann,5\n");
        server.Change(d => d with { Users = [d.Users[0] with { Rights = d.Users[0].Rights with { FormsExport = new Dictionary<string, int> { ["demographics"] = 3, ["visit"] = 0 } } }] });
        Assert.Equal("record_id,age,weight,dob,sex,race___1,race___2,race____4,consent,double_age,comments,demographics_complete\n1,,,,,0,0,0,,,,0\n", server.Export());
    }
}
