using System.Text;

namespace Cairn.RedcapServer.Tests.Clients;

/// <summary>
/// What redcapAPI's tests (vubiostat/redcapAPI, tests/testthat) do with the one project they have: they begin with a dictionary of one field and no records, and
/// make of it what each test needs.
/// </summary>
public sealed class RedcapApiExchangeTests : IAsyncLifetime
{
    private static readonly string[] DictionaryColumns =
    [
        "field_name", "form_name", "section_header", "field_type", "field_label", "select_choices_or_calculations", "field_note", "text_validation_type_or_show_slider_number", "text_validation_min",
        "text_validation_max", "identifier", "branching_logic", "required_field", "custom_alignment", "question_number", "matrix_group_name", "matrix_ranking", "field_annotation",
    ];

    private ClientServer _server = null!;
    private RedcapApiClient _project = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ClientServer.Start();
        _project = new RedcapApiClient(_server, _server.Add(new TestDesign { Settings = new() { Title = "redcapAPI" } }.Form("record_id", TestDesign.Text("record_id")).Build()));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_dictionary_grows_and_shrinks()
    {
        Assert.Equal("7", (await Dictionary()).Good);
        Exchange all = await _project.Export("metadata");
        Assert.Equal(DictionaryColumns, all.Csv[0]);
        Assert.Equal(8, all.Csv.Count);
        Assert.Equal(["record_id", "text_test"], (await _project.Export("metadata", Wire.List("fields", "record_id", "text_test"))).Csv.Skip(1).Select(r => r[0]));
        Assert.Equal(3, (await _project.Export("metadata", ("forms[0]", "visits"))).Csv.Count);
        Assert.Equal(["record_id", "fieldtovar_datetimes", "visits"], (await _project.Export("instrument")).Csv.Skip(1).Select(r => r[0]));
        Assert.Contains("checkbox_test___x", (await _project.Export("exportFieldNames")).Csv.Select(r => r[2]));
        Assert.Equal(2, (await _project.Export("exportFieldNames", ("field", "text_test"))).Csv.Count);
        Exchange wrong = await _project.Import("metadata", DictionaryColumns, [Field("record_id", "record_id", "text", "Record ID"), Field("Bad Name", "record_id", "nothing", "Bad")]);
        Assert.Equal(400, wrong.Status);
        Assert.StartsWith("ERROR: ", wrong.Text, StringComparison.Ordinal);
        Assert.Equal("1", (await _project.Import("metadata", DictionaryColumns, [Field("record_id", "record_id", "text", "Record ID")])).Good);
    }

    [Fact]
    public async Task Arms_and_events_are_made_while_the_project_is_classic()
    {
        await Dictionary();
        Assert.Equal(400, (await _project.Export("arm")).Status);
        Assert.Equal(400, (await _project.Export("event")).Status);
        await Longitudinal();
        Assert.Equal("arm_num,name\n1,\"Arm 1\"\n2,\"Arm 2\"", (await _project.Export("arm")).Good);
        Assert.Equal(["event_1_arm_1", "event_2_arm_1", "event_1_arm_2"], (await _project.Export("event")).Csv.Skip(1).Select(r => r[2]));
        Assert.Equal(["event_1_arm_2"], (await _project.Export("event", ("arms[0]", "2"))).Csv.Skip(1).Select(r => r[2]));
        Assert.Equal(5, (await _project.Export("formEventMapping")).Csv.Count);
        Assert.Equal("1", (await Project())["is_longitudinal"]);
        Assert.Equal("1", (await _project.Export("arm", ("action", "delete"), ("arms[0]", "2"))).Good);
        Assert.Equal("arm_num,name\n1,\"Arm 1\"", (await _project.Export("arm")).Good);
        Assert.Equal("2", (await _project.Export("event", [("action", "delete"), .. Wire.List("events", "event_1_arm_1", "event_2_arm_1")])).Good);
        Assert.Equal("0", (await Project())["is_longitudinal"]);
        Assert.Equal("1", (await _project.Import("event", ["event_name", "arm_num", "unique_event_name"], [["Event 1", "1", "event_1_arm_1"]], ("action", "import"), ("override", "0"))).Good);
        Assert.Equal("1", (await Project())["is_longitudinal"]);
    }

    [Fact]
    public async Task Settings_are_changed_and_put_back()
    {
        Dictionary<string, string> before = await Project();
        Assert.Equal("2", (await _project.Import("project_settings", ["project_pi_lastname", "display_today_now_button"], [["Other", "0"]])).Good);
        Assert.Equal(("Other", "0"), ((await Project())["project_pi_lastname"], (await Project())["display_today_now_button"]));
        Assert.Equal("18", (await _project.Import("project_settings", [.. before.Keys], [[.. before.Values]])).Good);
        Assert.Equal(before, await Project());
    }

    [Fact]
    public async Task What_repeats_is_set_and_cleared()
    {
        await Dictionary();
        string[] columns = ["form_name", "custom_form_label"];
        Assert.Equal("1", (await _project.Import("repeatingFormsEvents", columns, [["visits", "visit"]])).Good);
        Assert.Equal("1", (await Project())["has_repeating_instruments_or_events"]);
        Assert.Equal("form_name,custom_form_label\nvisits,visit\n", (await _project.Export("repeatingFormsEvents")).Good);
        Assert.Equal("2", (await Records(["record_id", "redcap_repeat_instrument", "redcap_repeat_instance", "visit_note"], [["1", "visits", "1", "a"], ["1", "visits", "2", "b"], ["2", "visits", "new", "c"]])).Good);
        Assert.Equal("1", (await _project.Upload(
            [("content", "file"), ("action", "import"), ("record", "1"), ("field", "visit_file"), ("repeat_instance", "2"), ("returnFormat", "csv")], "file-to-upload.txt", Encoding.ASCII.GetBytes("two"))).Good + "1");
        Assert.Equal("two", (await _project.Call(("content", "file"), ("action", "export"), ("record", "1"), ("field", "visit_file"), ("repeat_instance", "2"), ("returnFormat", "csv"))).Good);
        Assert.Equal("0", (await _project.Call(("content", "repeatingFormsEvents"), ("format", "csv"), ("returnFormat", "csv"), ("data", "\"form_name\",\"custom_form_label\""))).Good);
        Assert.Equal(400, (await _project.Export("repeatingFormsEvents")).Status);
    }

    [Fact]
    public async Task Users_roles_and_groups_go_out_and_in_and_stay_the_same()
    {
        await Dictionary();
        Assert.Equal("1", (await _project.Import("dag", ["data_access_group_name", "unique_group_name"], [["Temporary DAG", ""]], ("action", "import"))).Good);
        Assert.Equal("1", (await _project.Import("user", ["username", "alerts", "data_access_group", "forms", "forms_export"], [["pat@example.org", "1", "temporary_dag", "record_id:0", ""]])).Good);
        string Of(Exchange table, string column, int row) => table.Csv[row][Array.IndexOf(table.Csv[0], column)];
        Exchange users = await _project.Export("user");
        Assert.Equal(("temporary_dag", "1", "record_id:0,fieldtovar_datetimes:0,visits:0"), (Of(users, "data_access_group", 2), Of(users, "alerts", 2), Of(users, "forms", 2)));
        Assert.Equal("2", (await _project.Import("user", users.Csv[0], users.Csv.Skip(1))).Good);
        Assert.Equal(users.Good, (await _project.Export("user")).Good);
        Assert.Equal(400, (await _project.Import("user", ["username", "data_access_group"], [["pat@example.org", "no_such_group"]])).Status);
        Assert.Equal("1", (await _project.Import("user", ["username", "data_access_group"], [["pat@example.org", ""]])).Good);
        Assert.Equal("", Of(await _project.Export("user"), "data_access_group", 2));

        Assert.Equal("1", (await _project.Import("userRole", ["unique_role_name", "role_label", "user_rights"], [[null, "Test role", "0"]])).Good);
        Exchange roles = await _project.Export("userRole");
        string role = Of(roles, "unique_role_name", 1);
        Assert.Equal("1", (await _project.Import("userRole", roles.Csv[0], roles.Csv.Skip(1))).Good);
        Assert.Equal(roles.Good, (await _project.Export("userRole")).Good);
        Assert.Equal("1", (await _project.Import("userRoleMapping", ["username", "unique_role_name", "data_access_group"], [["pat@example.org", role, null]], ("action", "import"))).Good);
        Assert.Equal($"username,unique_role_name,data_access_group\nowner,,\npat@example.org,{role},\n", (await _project.Export("userRoleMapping")).Good);
        Assert.Equal("1", (await _project.Export("userRole", ("action", "delete"), ("roles[0]", role))).Good);

        Assert.Equal("1", (await _project.Import("userDagMapping", ["username", "redcap_data_access_group"], [["pat@example.org", "temporary_dag"]], ("action", "import"))).Good);
        Assert.Equal("1", (await _project.Import("dag", ["data_access_group_name", "unique_group_name"], [["Another DAG", "temporary_dag"]], ("action", "import"))).Good);
        Assert.Equal("username,redcap_data_access_group\nowner,\npat@example.org,another_dag\n", (await _project.Export("userDagMapping")).Good);
        Assert.Equal("1", (await _project.Import("userDagMapping", ["username", "redcap_data_access_group"], [["pat@example.org", ""]], ("action", "import"))).Good);
        Assert.Equal("1", (await _project.Export("dag", ("action", "delete"), ("dags[0]", "another_dag"))).Good);
        Assert.Equal("data_access_group_name,unique_group_name,data_access_group_id\n", (await _project.Export("dag")).Good);
        Assert.Equal("1", (await _project.Export("user", ("action", "delete"), ("users[0]", "pat@example.org"))).Good);
        Assert.True((await _project.Export("log", ("dag", "another_dag"))).Csv.Count > 1);
        Assert.Equal("\n", (await _project.Export("log", ("user", "nobody"))).Good);
        Assert.Equal("\n", (await _project.Export("log", ("record", "never was"))).Good);
    }

    [Fact]
    public async Task Records_are_imported_exported_renamed_and_deleted()
    {
        await Dictionary();
        Assert.Equal("\n", (await _project.Export("record", ("type", "flat"))).Good);
        Assert.Equal("id\n1\n2", (await Records(["record_id", "text_test", "date_test", "checkbox_test___x"], [["1", "a, \"quoted\"", "2020-02-29", "1"], ["2", null, null, null]], ("returnContent", "ids"))).Good);
        Assert.Equal("", (await Records(["record_id", "text_test"], [["2", "b"]], ("returnContent", "nothing"))).Good);
        Assert.Equal("1", (await Records(["record_id", "text_test"], [["2", null]], ("overwriteBehavior", "normal"))).Good);
        Exchange csv = await _project.Export("record", [("type", "flat"), ("exportSurveyFields", "false"), ("exportDataAccessGroups", "false"), .. Wire.List("fields", "record_id", "text_test", "checkbox_test")]);
        Assert.Equal("record_id,text_test,checkbox_test___x,checkbox_test___y\n1,\"a, \"\"quoted\"\"\",1,0\n2,b,0,0\n", csv.Good);
        await Records(["record_id", "text_test"], [["2", null]], ("overwriteBehavior", "overwrite"));
        Assert.Equal("", (await _project.Export("record", [("records[0]", "2"), ("fields[0]", "text_test")])).Csv.Skip(1).DefaultIfEmpty([""]).First()[0]);
        Assert.Equal("id\n\"3,x\"", (await Records(["record_id", "text_test"], [["x", "c"]], ("forceAutoNumber", "true"), ("returnContent", "auto_ids"))).Good);
        Assert.Equal("1", (await _project.Export("record", ("action", "rename"), ("record", "3"), ("new_record_name", "30"))).Good);
        Assert.Equal("31", (await _project.Export("generateNextRecordName")).Good);
        Assert.Equal("3", (await _project.Export("record", [("action", "delete"), .. Wire.List("records", "1", "2", "30")])).Good);
        Assert.StartsWith("%PDF-", (await _project.Export("pdf", ("allRecords", "TRUE"))).Good, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_without_events_go_to_the_first_one()
    {
        await Dictionary();
        await Longitudinal();
        Assert.Equal("1", (await Records(["record_id", "text_test"], [["1", "a"]])).Good);
        Assert.Equal("record_id,redcap_event_name,text_test\n1,event_1_arm_1,a\n", (await _project.Export("record", Wire.List("fields", "record_id", "text_test"))).Good);
        Assert.StartsWith("%PDF-", (await _project.Export("pdf", ("record", "1"), ("event", "event_1_arm_1"), ("instrument", "record_id"))).Good, StringComparison.Ordinal);
        Assert.Equal("1", (await _project.Export("record", ("action", "delete"), ("records[0]", "1"), ("arm", "1"))).Good);
    }

    [Fact]
    public async Task Files_are_kept_for_records_and_in_the_repository()
    {
        await Dictionary();
        await Records(["record_id"], [["1"]]);
        (string, string)[] place = [("content", "file"), ("record", "1"), ("field", "file_test"), ("returnFormat", "csv")];
        Assert.Equal("", (await _project.Upload([.. place, ("action", "import")], "file-to-upload.txt", Encoding.ASCII.GetBytes("a file"))).Good);
        Exchange file = await _project.Call([.. place, ("action", "export")]);
        Assert.Equal(("a file", "text/plain; name=\"file-to-upload.txt\"; charset=UTF-8"), (file.Good, file.ContentType));
        Assert.Equal("", (await _project.Call([.. place, ("action", "delete")])).Good);
        Assert.Equal(400, (await _project.Call([.. place, ("action", "export")])).Status);

        Exchange folder = await _project.Export("fileRepository", ("action", "createFolder"), ("name", "New folder"));
        Assert.Equal("folder_id", folder.Csv[0][0]);
        (string, string) within = ("folder_id", folder.Csv[1][0]);
        Assert.Equal("", (await _project.Upload([("content", "fileRepository"), ("action", "import"), ("returnFormat", "csv"), within], "file-to-upload.txt", Encoding.ASCII.GetBytes("a file"))).Good);
        Exchange list = await _project.Export("fileRepository", ("action", "list"), within);
        Assert.Equal(["folder_id", "doc_id", "name"], list.Csv[0]);
        (string, string) doc = ("doc_id", list.Csv[1][1]);
        Assert.Equal("a file", (await _project.Export("fileRepository", ("action", "export"), doc)).Good);
        Assert.Equal("", (await _project.Export("fileRepository", ("action", "delete"), doc)).Good);
        Assert.Equal("\n", (await _project.Export("fileRepository", ("action", "list"), within)).Good);
    }

    private async Task<Dictionary<string, string>> Project()
    {
        Exchange csv = await _project.Export("project");
        return csv.Csv[0].Zip(csv.Csv[1]).ToDictionary(p => p.First, p => p.Second);
    }

    /// <summary>Makes two arms, three events and four designations; the order is redcapAPI's, which makes the project longitudinal last but one.</summary>
    private async Task Longitudinal()
    {
        Assert.Equal("2", (await _project.Import("arm", ["arm_num", "name"], [["1", "Arm 1"], ["2", "Arm 2"]], ("action", "import"), ("override", "1"))).Good);
        Assert.Equal("3", (await _project.Import(
            "event", ["event_name", "arm_num", "unique_event_name"], [["Event 1", "1", "event_1_arm_1"], ["Event 2", "1", "event_2_arm_1"], ["Event 1", "2", "event_1_arm_2"]], ("action", "import"), ("override", "1"))).Good);
        Assert.Equal("1", (await _project.Import("project_settings", ["is_longitudinal"], [["1"]])).Good);
        Assert.Equal("4", (await _project.Import("formEventMapping", ["arm_num", "unique_event_name", "form"],
            [["1", "event_1_arm_1", "record_id"], ["1", "event_2_arm_1", "visits"], ["2", "event_1_arm_2", "record_id"], ["2", "event_1_arm_2", "visits"]], ("action", "import"))).Good);
    }

    private Task<Exchange> Dictionary() => _project.Import("metadata", DictionaryColumns,
    [
        Field("record_id", "record_id", "text", "Record ID"), Field("text_test", "record_id", "text", "A text"), Field("checkbox_test", "record_id", "checkbox", "A checkbox", "x, Guitar | y, Ukulele"),
        Field("file_test", "record_id", "file", "A file"), Field("date_test", "fieldtovar_datetimes", "text", "A date", null, "date_ymd"), Field("visit_note", "visits", "text", "A note"),
        Field("visit_file", "visits", "file", "A visit's file"),
    ]);

    private Task<Exchange> Records(string[] columns, IEnumerable<string?[]> rows, params (string, string)[] more) =>
        _project.Import("record", columns, rows, [("type", "flat"), ("overwriteBehavior", "normal"), ("returnContent", "count"), .. more]);

    private static string?[] Field(string name, string form, string type, string label, string? choices = null, string? validation = null) =>
        [name, form, null, type, label, choices, null, validation, .. new string?[10]];
}
