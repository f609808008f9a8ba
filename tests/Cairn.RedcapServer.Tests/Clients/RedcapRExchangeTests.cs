using System.Text;
using Cairn.RedcapServer.Definitions;

namespace Cairn.RedcapServer.Tests.Clients;

/// <summary>What REDCapR's tests (OuhscBbmc/REDCapR, tests/testthat) do with a project of five records, with groups, and with one that is longitudinal.</summary>
public sealed class RedcapRExchangeTests : IAsyncLifetime
{
    private static readonly byte[] Mugshot = [0xFF, 0xD8, 0xFF, 0xE0, 0, 13, 10];

    private ClientServer _server = null!;
    private RedcapR _five = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ClientServer.Start();
        _five = new RedcapR(_server, _server.Add(ClientProjects.Five(), ClientProjects.FiveRecords));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_read_learns_the_names_and_then_the_records()
    {
        Exchange names = await _five.Call(("content", "exportFieldNames"), ("format", "csv"), ("field", ""));
        Assert.Equal(["original_field_name", "choice_value", "export_field_name"], names.Csv[0]);
        Assert.Equal("record_id", names.Csv[1][0]);
        Exchange metadata = await _five.Call(("content", "metadata"), ("format", "csv"), ("forms", ""), ("fields", ""));
        Assert.Equal(("text/csv; charset=utf-8", 18), (metadata.ContentType, metadata.Csv.Count));
        Exchange all = await _five.Read();
        Assert.Equal("text/csv; charset=utf-8", all.ContentType);
        Assert.Equal(names.Csv.Skip(1).Select(r => r[2]).Append("mugshot").Order(), all.Csv[0].Order());
        Assert.Equal(6, all.Csv.Count);
        Assert.Equal("Main Street\nTown", all.Csv[1][3][2..]);
    }

    [Fact]
    public async Task Fields_forms_records_and_filters_narrow_it()
    {
        Assert.Equal(["record_id", "name_first", "height"], (await _five.Read(more: ("fields", "record_id,name_first,height"))).Csv[0]);
        Assert.Equal(["record_id", "height", "weight", "bmi", "comments", "mugshot", "health_complete"], (await _five.Read(more: [("fields", "record_id"), ("forms", "health")])).Csv[0]);
        Assert.Equal(["1", "3"], (await _five.Read(more: [("records", "1,3"), ("fields", "record_id")])).Csv.Skip(1).Select(r => r[0]));
        Assert.Equal(["3", "4", "5"], (await _five.Read(filter: "[age] >= 61", more: ("fields", "record_id"))).Csv.Skip(1).Select(r => r[0]));
        Assert.Equal(["5"], (await _five.Read(filter: "[name_first] = 'Ed'", more: ("fields", "record_id"))).Csv.Skip(1).Select(r => r[0]));
        Assert.Matches("^\\s+$", (await _five.Read(filter: "[name_first] = 'Nobody'")).Good);
        Assert.Equal(6, (await _five.Read(begin: "2024-05-06 07:00:00", end: "2024-05-06 08:00:00")).Csv.Count);
        Assert.Matches("^\\s+$", (await _five.Read(begin: "2030-01-01 00:00:00")).Good);
        Exchange wrong = await _five.Read(more: ("fields", "record_id,no_such_field"));
        wrong.Refused(400, "ERROR: The following values in the parameter \"fields\" are not valid: 'no_such_field'");
    }

    [Fact]
    public async Task Labels_of_values_headers_and_checkboxes()
    {
        Exchange labels = await _five.Read("label", "label", "TRUE");
        Assert.StartsWith("\"Study ID\",", labels.Good, StringComparison.Ordinal);
        Assert.Contains("race (choice=A third)", labels.Csv[0]);
        string[] Third(Exchange read) => [.. read.Csv[0].Zip(read.Csv[3]).Where(p => p.First is "sex" or "race___1" or "race___5" or "health_complete").Select(p => p.Second)];
        Assert.Equal(["Male", "Complete", "", "A fifth"], Third(await _five.Read("label", checkboxLabel: "TRUE")));
        Assert.Equal(["Male", "Complete", "Unchecked", "Checked"], Third(await _five.Read("label")));
    }

    [Fact]
    public async Task Untouched_forms_are_blank_where_asked()
    {
        await Write("record_id,name_first\n6,Gray\n");
        string[] Statuses(Exchange read) => [.. read.Csv[0].Zip(read.Csv[6]).Where(p => p.First.EndsWith("_complete", StringComparison.Ordinal)).Select(p => p.Second)];
        Assert.Equal(["0", "0", "0"], Statuses(await _five.Read()));
        Assert.Equal(["0", "", ""], Statuses(await _five.Read(blankForGray: "TRUE")));
    }

    [Fact]
    public async Task Records_are_written_in_batches_and_deleted_and_numbered()
    {
        Exchange written = await Write("record_id,name_first,weight\n1,Ada,22\n6,New,23\n");
        Assert.Equal(["id", "1", "6"], written.Csv.Select(r => r[0]));
        Assert.Equal("7", (await _five.Call(("content", "generateNextRecordName"))).Good);
        (await _five.Call(("content", "arm"), ("format", "csv"))).Refused(400, "ERROR: You cannot export arms for classic projects");
        Assert.Equal("1", (await _five.Call(("content", "record"), ("action", "delete"), ("records[0]", "6"))).Good);
        Exchange gone = await _five.Call(("content", "record"), ("action", "delete"), ("records[0]", "6"));
        Assert.Equal(400, gone.Status);
        Exchange bad = await Write("record_id,dob,sex\n1,not a date,9\n");
        Assert.Equal(400, bad.Status);
        Assert.StartsWith("ERROR: \"1\",\"dob\",\"not a date\",\"The value you provided could not be validated", bad.Text, StringComparison.Ordinal);
        Assert.Equal("22", (await _five.Read(more: ("fields", "weight"))).Csv[1][0]);
    }

    [Fact]
    public async Task A_file_goes_up_comes_down_and_goes()
    {
        (string, string)[] place = [("content", "file"), ("record", "1"), ("field", "mugshot"), ("event", "")];
        Exchange up = await _five.Upload([.. place, ("action", "import"), ("returnFormat", "csv")], "mugshot-1.jpg", "image/jpeg", Mugshot);
        Assert.Equal((200, ""), (up.Status, up.Text));
        Exchange down = await _five.Call([.. place, ("action", "export"), ("returnFormat", "csv")]);
        Assert.Equal((200, "image/jpeg; name=\"mugshot-1.jpg\""), (down.Status, down.ContentType));
        Assert.Equal(Mugshot, down.Body);
        Assert.Contains("mugshot-1.jpg", (await _five.Read()).Csv[1]);
        Assert.Equal("", (await _five.Call([.. place, ("action", "delete"), ("returnFormat", "csv")])).Good);
        (await _five.Call([.. place, ("action", "export"), ("returnFormat", "csv")])).Refused(400, "ERROR: There is no file to download for this record");
        (await _five.Call(("content", "file"), ("action", "export"), ("record", "1"), ("field", "mugshottttttt"), ("event", ""), ("returnFormat", "csv")))
            .Refused(400, "ERROR: The field 'mugshottttttt' does not exist or is not a 'file' field");
        Assert.Matches("^folder_id,doc_id,name\n|^\n$", (await _five.Call(("content", "fileRepository"), ("action", "list"), ("format", "csv"), ("returnFormat", "csv"))).Good);
        (await _five.Call(("content", "fileRepository"), ("action", "list"), ("folder_id", "99"), ("format", "csv"), ("returnFormat", "csv")))
            .Refused(400, "ERROR: The File Repository folder folder_id=99 does not exist or else you do not have permission to that folder because it is DAG-restricted or Role-restricted.");
    }

    [Fact]
    public async Task A_report_has_its_own_order_and_no_line_breaks()
    {
        (string, string)[] report = [("content", "report"), ("format", "csv"), ("report_id", "12"), ("rawOrLabel", "raw"), ("rawOrLabelHeaders", "raw"), ("exportCheckboxLabel", "false")];
        Exchange csv = await _five.Call(report);
        Assert.Equal("record_id,height,health_complete,address,ethnicity\n1,7,1,\"1 Main Street  Town\",1\n", string.Concat(csv.Good.Split('\n').Take(2).Select(l => l + "\n")));
        Assert.Equal(["1", "2", "4"], csv.Csv.Skip(1).Select(r => r[0]));
    }

    [Fact]
    public async Task The_definition_users_and_log()
    {
        Assert.Equal(["instrument_name", "instrument_label"], (await _five.Call(("content", "instrument"), ("format", "csv"))).Csv[0]);
        Assert.StartsWith("project_id,project_title,creation_time,", (await _five.Call(("content", "project"), ("format", "csv"))).Good, StringComparison.Ordinal);
        Assert.Equal("15.5.0", (await _five.Call(("content", "version"), ("format", "csv"))).Good);
        Assert.Equal("data_access_group_name,unique_group_name,data_access_group_id\n", (await _five.Call(("content", "dag"), ("format", "csv"))).Good);
        Exchange users = await _five.Call(("content", "user"), ("format", "csv"));
        Assert.Equal("demographics:1,health:1,race_and_ethnicity:1", users.Csv[1][^1]);
        (await _five.Call(("content", "event"), ("format", "csv"))).Refused(400, "ERROR: You cannot export events for classic projects");
        (await _five.Call(("content", "formEventMapping"), ("format", "csv"))).Refused(400, "ERROR: You cannot export form/event mappings for classic projects");
        (await _five.Call(("content", "repeatingFormsEvents"), ("format", "csv")))
            .Refused(400, "ERROR: You cannot export repeating instruments and events because the project does not contain any repeating instruments and events");
        await _five.Read();
        Exchange log = await _five.Call(("content", "log"), ("format", "csv"), ("logtype", ""), ("user", ""), ("record", ""), ("dag", ""), ("beginTime", "2024-05-06 00:00"), ("endTime", "2024-05-06 23:59"));
        Assert.Equal(["timestamp", "username", "action", "details", "record"], log.Csv[0]);
        Assert.Equal(["Data export (API) ", "export_format: CSV, rawOrLabel: raw"], log.Csv[1][2..4]);
    }

    [Fact]
    public async Task Who_may_not_is_told()
    {
        var nobody = new RedcapR(_server, "00000000000000000000000000000000");
        Exchange bad = await nobody.Read();
        bad.Refused(403, "ERROR: You do not have permissions to use the API");
        string reader = _server.Add(With(ClientProjects.Five(), ("api_import", 0), ("record_delete", 0)));
        (await new RedcapR(_server, reader).Call(("content", "record"), ("format", "csv"), ("type", "flat"), ("data", "record_id\n1\n"), ("returnFormat", "csv"))).Refused(403, "ERROR: You do not have API Import/Update privileges");
        string keeper = _server.Add(With(ClientProjects.Five(), ("record_delete", 0)), ClientProjects.FiveRecords);
        (await new RedcapR(_server, keeper).Call(("content", "record"), ("action", "delete"), ("returnFormat", "csv"), ("records[0]", "1"))).Refused(403, "ERROR: You do not have Delete Record privileges");
        using var http = new HttpClient();
        using HttpResponseMessage elsewhere = await http.PostAsync(new Uri(_server.Api, "/apiFFFFFFFFFFFF/"), null);
        Assert.Equal((404, "text/html"), ((int)elsewhere.StatusCode, elsewhere.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task Groups_number_their_own_records_and_keep_names()
    {
        TestDesign made = new TestDesign().Form("intro", TestDesign.Text("record_id"), TestDesign.Text("name_last"));
        made.Dags.AddRange([new Dag(331, "dag-1", "dag1"), new Dag(332, "dag-2", "dag2")]);
        Design design = made.Build();
        int number = _server.Inside.Store.Create(design with { Users = [.. design.Users, design.Users[0] with { Name = "member", Dag = 331 }] });
        var owner = new RedcapR(_server, _server.Inside.Store.IssueToken(number, "owner"));
        var member = new RedcapR(_server, _server.Inside.Store.IssueToken(number, "member"));
        Task<Exchange> Write(RedcapR who, string csv) => who.Call(("content", "record"), ("format", "csv"), ("type", "flat"), ("data", csv), ("overwriteBehavior", "overwrite"), ("returnContent", "ids"), ("returnFormat", "csv"));
        await Write(owner, "record_id,redcap_data_access_group,name_last\n331-1,dag1,A\n331-2,dag1,B\n332-1,dag2,C\n");
        Assert.Equal("331-3", (await member.Call(("content", "generateNextRecordName"))).Good);
        Assert.Equal(["331-1", "331-2"], (await member.Read()).Csv.Skip(1).Select(r => r[0]));
        Assert.Equal(["record_id", "redcap_data_access_group", "name_last", "intro_complete"], (await owner.Read(dags: "TRUE")).Csv[0]);
        await Write(owner, "record_id,redcap_data_access_group\n331-1,dag2\n");
        Assert.Equal(["331-1,dag2,A,0", "331-2,dag1,B,0", "332-1,dag2,C,0"], (await owner.Read(dags: "TRUE")).Csv.Skip(1).Select(r => string.Join(',', r)));
    }

    [Fact]
    public async Task Longitudinal_records_come_by_event_and_then_by_what_repeats()
    {
        TestDesign made = new TestDesign { Settings = new() { Title = "Long", SurveysEnabled = true } }
            .Form("intake", TestDesign.Text("id_code"), TestDesign.Text("client_name")).Form("lab", TestDesign.Text("lab_date", "date_ymd")).Form("bloods", TestDesign.Text("hb", "number"))
            .Event("Intake", 1, "intake", "lab").Event("Year 1", 1, "lab", "bloods").Repeats("lab", "year_1_arm_1").Repeats("bloods", "year_1_arm_1");
        Design design = made.Build();
        var project = new RedcapR(_server, _server.Add(design with { Forms = [.. design.Forms.Select(f => f.Name == "intake" ? f with { IsSurvey = true } : f)] },
            """
            id_code,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,client_name,lab_date,hb
            1,year_1_arm_1,bloods,1,,,12.5
            1,year_1_arm_1,lab,2,,2020-02-02,
            1,year_1_arm_1,lab,1,,2020-01-01,
            1,intake_arm_1,,,Ada,2019-01-01,
            """));
        Exchange csv = await project.Read();
        Assert.Equal(["intake_arm_1,,", "year_1_arm_1,lab,1", "year_1_arm_1,lab,2", "year_1_arm_1,bloods,1"], csv.Csv.Skip(1).Select(r => string.Join(',', r[1..4])));
        Assert.Equal(3, (await project.Read(more: ("events", "year_1_arm_1"))).Csv.Count - 1);
        Assert.Matches("^http.+/surveys/\\?s=", (await project.Call(("content", "surveyLink"), ("record", "1"), ("instrument", "intake"), ("event", "intake_arm_1"), ("repeat_instance", "1"))).Good);
        (await project.Call(("content", "surveyLink"), ("record", "-1"), ("instrument", "intake"), ("event", "intake_arm_1"), ("returnFormat", "csv"))).Refused(400, "ERROR: The record \"-1\" does not exist");
        Exchange events = await project.Call(("content", "event"), ("format", "csv"));
        Assert.StartsWith("event_name,arm_num,unique_event_name,custom_event_label,event_id\n\"Intake\",1,intake_arm_1,,", events.Good, StringComparison.Ordinal);
        Assert.Equal("arm_num,name\n1,\"Arm 1\"", (await project.Call(("content", "arm"), ("format", "csv"))).Good);
        Assert.Equal(5, (await project.Call(("content", "formEventMapping"), ("format", "csv"))).Csv.Count);
        Exchange eav = await project.Call(("content", "record"), ("format", "csv"), ("type", "eav"), ("rawOrLabel", "raw"), ("exportDataAccessGroups", "false"), ("filterLogic", ""), ("exportBlankForGrayFormStatus", "FALSE"));
        Assert.Equal(["record", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance", "field_name", "value"], eav.Csv[0]);
    }

    private Task<Exchange> Write(string csv) =>
        _five.Call(("content", "record"), ("format", "csv"), ("type", "flat"), ("data", csv), ("overwriteBehavior", "overwrite"), ("returnContent", "ids"), ("returnFormat", "csv"));

    private static Design With(Design design, params (string Right, int Value)[] rights)
    {
        User owner = design.Users[0];
        var values = new Dictionary<string, int>(owner.Rights.Values);
        foreach ((string right, int value) in rights)
        {
            values[right] = value;
        }

        return design with { Users = [owner with { Rights = owner.Rights with { Values = values } }] };
    }
}
