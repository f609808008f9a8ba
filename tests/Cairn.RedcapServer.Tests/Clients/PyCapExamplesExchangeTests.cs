using System.Text;

namespace Cairn.RedcapServer.Tests.Clients;

/// <summary>The examples in PyCap's documentation (redcap-tools/PyCap, redcap/methods/*.py), which it runs as tests and whose answers it gives to the letter.</summary>
public sealed class PyCapExamplesExchangeTests : IAsyncLifetime
{
    private static readonly string[] Fields = ["record_id", "field_1", "checkbox_field", "upload_field", "form_1_complete"];

    private ClientServer _server = null!;
    private PyCap _project = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ClientServer.Start();
        _project = await PyCap.Create(_server, "Pycap doctests", _server.Odm(ClientProjects.Examples(), ClientProjects.ExampleRecords));
        Assert.Equal("", (await Upload("upload_field")).Good);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Records_are_those_of_the_examples()
    {
        (string, string)[] all = [("content", "record"), ("format", "json"), ("type", "flat"), .. Wire.List("fields", Fields), ("rawOrLabel", "raw"), ("rawOrLabelHeaders", "raw"), ("eventName", "label")];
        Exchange json = await _project.Call(all);
        Assert.Equal(
            """
            {"record_id":"1","redcap_event_name":"event_1_arm_1","redcap_repeat_instrument":"","redcap_repeat_instance":1,"field_1":"1","checkbox_field___1":"0","checkbox_field___2":"1","upload_field":"test_upload.txt","form_1_complete":"2"}
            """, json.Items[0].GetRawText());
        Assert.Equal(2, json.Items.Count);
        Assert.Equal(
            """
            record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,field_1,checkbox_field___1,checkbox_field___2
            1,"Event 1",,1,Yes,Unchecked,Checked
            2,"Event 1",,1,No,Unchecked,Unchecked

            """,
            (await _project.Call(("content", "record"), ("format", "csv"), ("type", "flat"), ("fields[0]", "field_1"), ("fields[1]", "checkbox_field"), ("fields[2]", "record_id"), ("rawOrLabel", "label"),
                ("rawOrLabelHeaders", "raw"), ("eventName", "label"))).Good);
        Assert.Equal("3", (await _project.Call(("content", "generateNextRecordName"))).Good);
    }

    [Fact]
    public async Task Records_are_imported_and_deleted()
    {
        (string, string)[] import = [("content", "record"), ("format", "json"), ("type", "flat"), ("data", """[{"record_id": 3, "redcap_repeat_instance": 1, "field_1": 1}]"""), ("returnFormat", "json"), ("overwriteBehavior", "normal"), ("dateFormat", "YMD"), ("forceAutoNumber", "False")];
        Assert.Equal("{\"count\": 1}", (await _project.Call([.. import, ("returnContent", "count")])).Good);
        Assert.Equal("1", (await _project.Call(("action", "delete"), ("content", "record"), ("records[0]", "3"), ("returnFormat", "json"))).Good);
        Assert.Equal(400, (await _project.Call(("action", "delete"), ("content", "record"), ("records[0]", "3"), ("returnFormat", "json"))).Status);
    }

    [Fact]
    public async Task Files_are_exported_imported_and_deleted()
    {
        Exchange file = await _project.Call(("content", "file"), ("action", "export"), ("record", "1"), ("field", "upload_field"), ("event", "event_1_arm_1"), ("repeat_instance", "1"));
        Assert.Equal(("test upload\n", "text/plain; name=\"test_upload.txt\"; charset=UTF-8"), (file.Good, file.ContentType));
        (await Upload("no_such_field")).Refused(400, "<?xml version=\"1.0\" encoding=\"UTF-8\" ?><hash><error>The field &apos;no_such_field&apos; does not exist or is not a &apos;file&apos; field</error></hash>");
        (string, string)[] delete = [("content", "file"), ("action", "delete"), ("record", "1"), ("field", "upload_field"), ("event", "event_1_arm_1")];
        Assert.Equal("", (await _project.Call(delete)).Good);
        Assert.Equal(400, (await _project.Call(delete)).Status);
    }

    [Fact]
    public async Task Users_roles_and_groups_are_those_of_the_examples()
    {
        Exchange users = await _project.Call(("content", "user"), ("format", "json"));
        Assert.Equal("""{"form_1":1}""", users.Items[0].GetProperty("forms").GetRawText());
        Assert.Equal("1", (await Import("user", """[{"username": "pat@example.org", "data_export": 1}]""")).Good);
        Assert.Equal("1", (await _project.Call(("content", "user"), ("action", "delete"), ("returnFormat", "xml"), ("users[0]", "pat@example.org"))).Good);
        Assert.Equal("1", (await Import("userRole", """[{"role_label": "New Role"}]""")).Good);
        string role = (await _project.Call(("content", "userRole"), ("format", "json"))).All("unique_role_name")[0];
        Assert.Equal("1", (await _project.Call(("content", "userRole"), ("action", "delete"), ("returnFormat", "xml"), ("roles[0]", role))).Good);
        Exchange dags = await _project.Call(("content", "dag"), ("format", "json"));
        Assert.Equal(["data_access_group_name", "unique_group_name", "data_access_group_id"], Assert.Single(dags.Items).EnumerateObject().Select(p => p.Name));
        Assert.Equal("Test DAG", dags.All("data_access_group_name")[0]);
        Exchange csv = await _project.Call(("content", "userDagMapping"), ("format", "csv"));
        Assert.Equal(["username", "redcap_data_access_group"], csv.Csv[0]);
    }

    [Fact]
    public async Task The_definition_is_that_of_the_examples()
    {
        Assert.Equal(["record_id", "field_1", "checkbox_field", "upload_field"], (await _project.Call(("content", "metadata"), ("format", "json"))).All("field_name"));
        Assert.Equal("4", (await Import("metadata", (await _project.Call(("content", "metadata"), ("format", "json"))).Good, ("dateFormat", "YMD"))).Good);
        Assert.Equal(
            """[{"original_field_name":"record_id","choice_value":"","export_field_name":"record_id"}]""",
            (await _project.Call(("content", "exportFieldNames"), ("format", "json"), ("field", "record_id"))).Good);
        Assert.Equal("""[{"instrument_name":"form_1","instrument_label":"Form 1"}]""", (await _project.Call(("content", "instrument"), ("format", "json"))).Good);
        Assert.Equal(
            """[{"arm_num":1,"unique_event_name":"event_1_arm_1","form":"form_1"},{"arm_num":1,"unique_event_name":"event_2_arm_1","form":"form_1"}]""",
            (await _project.Call(("content", "formEventMapping"), ("format", "json"))).Good);
        Assert.Equal("""[{"arm_num":1,"name":"Arm 1"}]""", (await _project.Call(("content", "arm"), ("format", "json"))).Good);
        Assert.Equal("""[{"event_name":"event_1_arm_1","form_name":""}]""", (await _project.Call(("content", "repeatingFormsEvents"), ("format", "json"))).Good.Replace(",\"custom_form_label\":\"\"", "", StringComparison.Ordinal));
        Assert.Equal(2, (await _project.Call(("content", "participantList"), ("format", "json"), ("instrument", "form_1"), ("event", "event_1_arm_1"))).Items.Count);
        Assert.Equal("""{"action":"Manage/Design ","details":"Download data dictionary (API)"}""", await Newest());
    }

    private async Task<string> Newest()
    {
        await _project.Call(("content", "metadata"), ("format", "json"));
        var entry = (await _project.Call(("content", "log"), ("format", "json"), ("logtype", "manage"))).Items[0];
        return $$"""{"action":"{{entry.GetProperty("action").GetString()}}","details":"{{entry.GetProperty("details").GetString()}}"}""";
    }

    private Task<Exchange> Upload(string field) => _project.Upload(
        [("content", "file"), ("action", "import"), ("record", "1"), ("field", field), ("event", "event_1_arm_1"), ("repeat_instance", "1")], "test_upload.txt", Encoding.ASCII.GetBytes("test upload\n"));

    private Task<Exchange> Import(string content, string data, params (string, string)[] more) => _project.Call([("content", content), .. more, ("returnFormat", "json"), ("format", "json"), ("data", data)]);
}
