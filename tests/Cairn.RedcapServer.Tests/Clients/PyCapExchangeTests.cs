using System.Text;
using System.Text.Json;

namespace Cairn.RedcapServer.Tests.Clients;

/// <summary>
/// What PyCap's integration tests (redcap-tools/PyCap, test/integration/test_simple_project.py) do with their simple project: made by a super token from a
/// project's XML, then read and changed.
/// </summary>
public sealed class PyCapExchangeTests : IAsyncLifetime
{
    private static readonly string[] Fields =
        ["study_id", "first_name", "last_name", "address", "telephone_1", "email", "dob", "age", "ethnicity", "race", "sex", "height", "weight", "bmi", "comments", "demographics_complete"];

    private ClientServer _server = null!;
    private PyCap _project = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ClientServer.Start();
        _project = await PyCap.Create(_server, "Pycap testing", _server.Odm(ClientProjects.Simple(), ClientProjects.SimpleRecords));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Records_are_exported_flat_as_three_and_as_thirty_values()
    {
        Exchange flat = await Export("json", "flat");
        Assert.Equal("application/json; charset=utf-8", flat.ContentType);
        Assert.Equal(3, flat.Items.Count);
        Assert.Equal(Fields, flat.Items[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(30, (await Export("json", "eav")).Items.Count);
        Exchange csv = await Export("csv", "flat");
        Assert.Equal([Fields.Length], csv.Csv.Select(r => r.Length).Distinct());
        Assert.Contains("<study_id>", (await Export("xml", "flat")).Good, StringComparison.Ordinal);
        Exchange groups = await Export("json", "flat", ("exportSurveyFields", "True"), ("exportDataAccessGroups", "True"));
        Assert.Equal("test_dag", groups.Items[2].GetProperty("redcap_data_access_group").GetString());
        Assert.True(groups.Items[0].TryGetProperty("redcap_survey_identifier", out _));
    }

    [Fact]
    public async Task Records_are_picked_by_filter_fields_forms_and_labels()
    {
        Assert.Single((await Export("json", "flat", ("filterLogic", "[height] > 170 and [study_id] < 3"))).Items);
        Assert.Equal(Fields, (await _project.Call([.. Record("json", "flat"), ("fields[0]", "demographics_complete"), ("fields[1]", "study_id"), ("forms[0]", "demographics")])).Items[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal("Study ID", (await _project.Call([.. Record("csv", "flat", labels: "label"), .. Wire.List("fields", "study_id", "sex")])).Csv[0][0]);
        Assert.Equal(["1"], (await _project.Call([.. Record("json", "flat"), ("records[0]", "1"), .. Wire.List("fields", "study_id")])).All("study_id"));
    }

    [Fact]
    public async Task Records_are_imported_and_deleted_and_numbered()
    {
        (string, string)[] Sent(string answer) =>
        [
            ("content", "record"), ("format", "json"), ("type", "flat"), ("data", """[{"study_id": "4"}, {"study_id": "5"}, {"study_id": "6"}]"""), ("overwriteBehavior", "normal"), ("returnFormat", "json"),
            ("dateFormat", "YMD"), ("forceAutoNumber", "False"), ("returnContent", answer),
        ];
        Assert.Equal("{\"count\": 3}", (await _project.Call(Sent("count"))).Good);
        Assert.Equal("""["4","5","6"]""", (await _project.Call(Sent("ids"))).Good);
        Assert.Equal("", (await _project.Call(Sent("nothing"))).Good);
        Assert.Equal(6, (await Export("json", "flat")).Items.Count);
        Assert.Equal("7", (await _project.Call(("content", "generateNextRecordName"))).Good);
        (string, string)[] gone = [("action", "delete"), ("content", "record"), .. Wire.List("records", "4", "5", "6")];
        Assert.Equal("3", (await _project.Call([.. gone, ("returnFormat", "json")])).Good);
        Assert.Equal(400, (await _project.Call([.. gone, ("returnFormat", "json")])).Status);
        Exchange csv = await Export("csv", "flat");
        Assert.Equal("{\"count\": 3}", (await _project.Call(
            ("content", "record"), ("format", "csv"), ("type", "flat"), ("data", csv.Good), ("overwriteBehavior", "normal"), ("returnFormat", "json"), ("dateFormat", "YMD"), ("forceAutoNumber", "False"),
            ("returnContent", "count"))).Good);
        Assert.Equal("<?xml version=\"1.0\" encoding=\"UTF-8\" ?><count>1</count>", (await _project.Call(
            ("content", "record"), ("format", "xml"), ("type", "flat"), ("data", "<records><item><study_id>7</study_id></item></records>"), ("returnFormat", "xml"), ("returnContent", "count"))).Good);
    }

    [Fact]
    public async Task Users_are_exported_imported_and_deleted()
    {
        (string, string)[] export = [("content", "user"), ("format", "json")];
        JsonElement user = Assert.Single((await _project.Call(export)).Items);
        Assert.Equal(1, user.GetProperty("api_export").GetInt32());
        Assert.Equal("1", (await Import("user", "json", $"[{user.GetRawText()}]")).Good);
        Assert.Equal("1", (await Import("user", "json", """[{"username": "pat@example.org", "data_export": 1}]""")).Good);
        Assert.Equal(2, (await _project.Call(export)).Items.Count);
        Assert.Equal("1", (await _project.Call(("content", "user"), ("action", "delete"), ("returnFormat", "xml"), ("users[0]", "pat@example.org"))).Good);
        Assert.Single((await _project.Call(export)).Items);
        Assert.Contains("username", (await _project.Call(("content", "user"), ("format", "csv"))).Csv[0]);
    }

    [Fact]
    public async Task Roles_are_exported_imported_assigned_and_deleted()
    {
        (string, string)[] export = [("content", "userRole"), ("format", "json")];
        JsonElement role = Assert.Single((await _project.Call(export)).Items);
        Assert.Equal("Example Role", role.GetProperty("role_label").GetString());
        Assert.Equal("1", (await Import("userRole", "json", $"[{role.GetRawText()}]")).Good);
        Assert.Equal("1", (await Import("userRole", "json", """[{"role_label": "New Role"}]""")).Good);
        Assert.Equal(2, (await _project.Call(export)).Items.Count);
        string added = (await _project.Call(export)).All("unique_role_name")[1], user = (await _project.Call(("content", "user"), ("format", "json"))).All("username")[0];
        (string, string)[] assigned = [("content", "userRoleMapping"), ("format", "json")];
        Assert.Equal([""], (await _project.Call(assigned)).All("unique_role_name"));
        string first = role.GetProperty("unique_role_name").GetString()!;
        Assert.Equal("1", (await Import("userRoleMapping", "json", $$"""[{"username": "{{user}}", "unique_role_name": "{{first}}"}]""")).Good);
        Assert.Equal([first], (await _project.Call(assigned)).All("unique_role_name"));
        Assert.Equal("1", (await Import("userRoleMapping", "csv", $"username,unique_role_name\n{user},\"\"\n")).Good);
        Assert.Equal([""], (await _project.Call(assigned)).All("unique_role_name"));
        Assert.Equal("1", (await _project.Call(("content", "userRole"), ("action", "delete"), ("returnFormat", "json"), ("roles[0]", added))).Good);
        Assert.Single((await _project.Call(export)).Items);
    }

    [Fact]
    public async Task Groups_are_exported_imported_switched_to_assigned_and_deleted()
    {
        (string, string)[] export = [("content", "dag"), ("format", "csv")];
        Assert.Equal(2, (await _project.Call(export)).Csv.Count);
        Assert.Equal("1", (await Import("dag", "json", """[{"data_access_group_name": "New DAG", "unique_group_name": ""}]""", ("action", "import"))).Good);
        Assert.Equal(["new_dag"], (await _project.Call(("content", "dag"), ("format", "json"))).All("unique_group_name").Skip(1));
        string user = (await _project.Call(("content", "user"), ("format", "json"))).All("username")[0];
        (string, string)[] assigned = [("content", "userDagMapping"), ("format", "json")];
        Assert.Equal([""], (await _project.Call(assigned)).All("redcap_data_access_group"));
        Assert.Equal("1", (await Import("userDagMapping", "json", $$"""[{"username": "{{user}}", "redcap_data_access_group": ""}]""", ("action", "import"))).Good);
        Assert.Equal("1", (await _project.Call(("content", "dag"), ("action", "delete"), ("returnFormat", "json"), ("dags[0]", "new_dag"))).Good);
        Assert.Equal(2, (await _project.Call(export)).Csv.Count);
    }

    [Fact]
    public async Task The_dictionary_and_what_follows_from_it()
    {
        Exchange names = await _project.Call(("content", "exportFieldNames"), ("format", "json"));
        Assert.Equal(16, names.Items.Count);
        Assert.Single((await _project.Call(("content", "exportFieldNames"), ("format", "json"), ("field", "study_id"))).Items);
        Assert.Equal(["original_field_name", "choice_value", "export_field_name"], (await _project.Call(("content", "exportFieldNames"), ("format", "csv"))).Csv[0]);
        Assert.Single((await _project.Call(("content", "instrument"), ("format", "json"))).Items);
        Exchange all = await _project.Call(("content", "metadata"), ("format", "json"));
        Assert.Equal(15, all.Items.Count);
        Assert.StartsWith("field_name,form_name", (await _project.Call(("content", "metadata"), ("format", "csv"))).Good, StringComparison.Ordinal);
        Assert.Equal(2, (await _project.Call([("content", "metadata"), ("format", "json"), .. Wire.List("fields", "study_id", "bmi")])).Items.Count);
        Assert.Equal(15, (await _project.Call(("content", "metadata"), ("format", "json"), ("forms[0]", "demographics"))).Items.Count);
        string less = $"[{string.Join(',', all.Items.SkipLast(1).Select(f => f.GetRawText()))}]";
        Assert.Equal("14", (await Import("metadata", "json", less, ("dateFormat", "YMD"))).Good);
        Assert.Equal("15", (await Import("metadata", "json", all.Good, ("dateFormat", "YMD"))).Good);
        Assert.Equal(all.Good, (await _project.Call(("content", "metadata"), ("format", "json"))).Good);
    }

    [Fact]
    public async Task The_project_tells_of_itself_and_is_not_longitudinal()
    {
        Exchange info = await _project.Call(("content", "project"), ("format", "json"));
        Assert.Equal(JsonValueKind.Object, info.Json.ValueKind);
        Assert.Equal(0, info.Json.GetProperty("is_longitudinal").GetInt32());
        Assert.Equal("Pycap testing", info.Json.GetProperty("project_title").GetString());
        Assert.Equal("text/html; charset=UTF-8", (await _project.Call(("content", "version"))).ContentType);
        Assert.Equal("15.5.0", (await _project.Call(("content", "version"))).Good);
        Exchange log = await _project.Call(("content", "log"), ("format", "json"), ("logtype", "manage"));
        Assert.All(log.All("action"), action => Assert.Equal("Manage/Design ", action));
        Assert.StartsWith("%PDF-", (await _project.Call(("content", "pdf"), ("returnFormat", "json"))).Good, StringComparison.Ordinal);
        foreach ((string content, string what) in ((string, string)[])[("arm", "arms"), ("event", "events"), ("formEventMapping", "form/event mappings")])
        {
            (await _project.Call(("content", content), ("format", "json"))).Refused(400, $"{{\"error\":\"You cannot export {what} for classic projects\"}}");
        }
    }

    [Fact]
    public async Task Files_are_kept_in_folders()
    {
        int folder = Assert.Single((await _project.Call(("content", "fileRepository"), ("action", "createFolder"), ("format", "json"), ("returnFormat", "json"), ("name", "New Folder"))).Items).GetProperty("folder_id").GetInt32();
        Assert.True(folder > 0);
        (string, string) within = ("folder_id", folder.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("", (await _project.Upload([("content", "fileRepository"), ("action", "import"), ("returnFormat", "json"), within], "data.txt", Encoding.ASCII.GetBytes("hello"))).Good);
        (string, string)[] list = [("content", "fileRepository"), ("action", "list"), ("format", "json"), ("returnFormat", "json")];
        Assert.Equal("New Folder", Assert.Single((await _project.Call(list)).Items).GetProperty("name").GetString());
        JsonElement file = Assert.Single((await _project.Call([.. list, within])).Items);
        Assert.Equal("data.txt", file.GetProperty("name").GetString());
        (string, string) doc = ("doc_id", file.GetProperty("doc_id").GetRawText());
        Exchange content = await _project.Call(("content", "fileRepository"), ("action", "export"), ("returnFormat", "json"), doc);
        Assert.Equal(("hello", "text/plain; name=\"data.txt\"; charset=UTF-8"), (content.Good, content.ContentType));
        Assert.Equal("", (await _project.Call(("content", "fileRepository"), ("action", "delete"), ("returnFormat", "json"), doc)).Good);
        Assert.Empty((await _project.Call([.. list, within])).Items);
    }

    [Fact]
    public async Task What_is_wrong_is_told_as_an_error()
    {
        var nobody = new PyCap(_server, "1");
        (await nobody.Call(("content", "version"))).Refused(403, "<?xml version=\"1.0\" encoding=\"UTF-8\" ?><hash><error>You do not have permissions to use the API</error></hash>");
        Exchange unknown = await Import("record", "json", """[{"foo": "bar"}]""", ("overwriteBehavior", "normal"), ("type", "flat"));
        Assert.Equal(400, unknown.Status);
        Assert.Contains("error", JsonDocument.Parse(unknown.Text).RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(400, (await Import("record", "json", """[{"study_id": "1", "dob": "not a date"}]""", ("type", "flat"))).Status);
    }

    private Task<Exchange> Export(string format, string type, params (string, string)[] more) => _project.Call([.. Record(format, type), .. Wire.List("fields", Fields), .. more]);

    private static (string Name, string Value)[] Record(string format, string type, string labels = "raw") =>
        [("content", "record"), ("format", format), ("type", type), ("rawOrLabel", "raw"), ("rawOrLabelHeaders", labels), ("eventName", "label")];

    private Task<Exchange> Import(string content, string format, string data, params (string, string)[] more) =>
        _project.Call([("content", content), .. more, ("returnFormat", "json"), ("format", format), ("data", data)]);
}
