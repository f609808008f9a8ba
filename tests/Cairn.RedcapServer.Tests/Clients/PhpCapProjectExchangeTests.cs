using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cairn.RedcapServer.Tests.Clients;

/// <summary>What PHPCap's integration tests (IUREDCap/phpcap, tests/integration) do with projects beside their records: made by a super token, copied, changed, logged.</summary>
public sealed class PhpCapProjectExchangeTests : IAsyncLifetime
{
    private ClientServer _server = null!;
    private PhpCap _super = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ClientServer.Start();
        _super = new PhpCap(_server, ClientServer.SuperToken);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_project_is_made_and_given_groups_roles_and_files()
    {
        Assert.Equal("15.5.0", (await _super.Call(("content", "version"))).Good);
        PhpCap project = await Create("""[{"project_title":"PHPCap","purpose":1,"purpose_other":"Made by a test","project_notes":"Notes","is_longitudinal":1,"surveys_enabled":1,"record_autonumbering_enabled":1}]""");
        JsonElement info = (await Export(project, "project")).Json;
        Assert.Equal(("PHPCap", 1, "Made by a test", "Notes"), (info.GetProperty("project_title").GetString(), info.GetProperty("purpose").GetInt32(), info.GetProperty("purpose_other").GetString(), info.GetProperty("project_notes").GetString()));
        Assert.Equal((1, 1), (info.GetProperty("surveys_enabled").GetInt32(), info.GetProperty("record_autonumbering_enabled").GetInt32()));

        Assert.Equal("1", (await Import(project, "dag", """[{"data_access_group_name":"group1","unique_group_name":""}]""", ("action", "import"))).Good);
        Assert.Equal("group1", Assert.Single((await Export(project, "dag")).Items).GetProperty("data_access_group_name").GetString());
        Assert.Equal("1", (await Import(project, "userRole", """[{"role_label":"Project Manager","user_rights":0}]""")).Good);
        Assert.Equal("Project Manager", Assert.Single((await Export(project, "userRole")).Items).GetProperty("role_label").GetString());
        Assert.Single((await Export(project, "userRoleMapping")).Items);

        int folder = await CreateFolder(project, "test");
        Assert.Equal(folder, Assert.Single((await List(project)).Items).GetProperty("folder_id").GetInt32());
        Assert.Equal("", (await project.Upload([("content", "fileRepository"), ("action", "import"), ("returnFormat", "json")], "import-file.txt", "text/plain", Encoding.ASCII.GetBytes("a file\n"))).Good);
        JsonElement file = (await List(project)).Items[1];
        Assert.Equal("import-file.txt", file.GetProperty("name").GetString());
        (string, string) doc = ("doc_id", file.GetProperty("doc_id").GetRawText());
        Exchange content = await project.Call(("content", "fileRepository"), ("action", "export"), ("returnFormat", "json"), doc);
        Assert.Equal("a file\n", content.Good);
        Assert.Equal("import-file.txt", Regex.Match(content.ContentType, "name=\"([^\"]*)\"").Groups[1].Value);
        Assert.Equal("", (await project.Call(("content", "fileRepository"), ("action", "delete"), ("returnFormat", "json"), doc)).Good);
        Assert.Single((await List(project)).Items);
        Assert.Equal(400, (await project.Call(("content", "fileRepository"), ("action", "export"), ("returnFormat", "json"), doc)).Status);
        Assert.True(await CreateFolder(project, "test2", ("role_id", "48")) > 0);
        Assert.True(await CreateFolder(project, "subfolder", ("folder_id", folder.ToString(CultureInfo.InvariantCulture)), ("role_id", "48")) > 0);
    }

    [Fact]
    public async Task A_project_is_made_of_anothers_xml()
    {
        var source = new PhpCap(_server, _server.Add(ClientProjects.Demography(), ClientProjects.DemographyRecords));
        Exchange xml = await source.Call(("content", "project_xml"), ("returnFormat", "json"), ("returnMetadataOnly", "0"), ("exportSurveyFields", "0"), ("exportDataAccessGroups", "0"), ("exportFiles", "0"));
        Exchange metadata = await source.Call(("content", "project_xml"), ("returnFormat", "json"), ("returnMetadataOnly", "1"), ("exportSurveyFields", "0"), ("exportDataAccessGroups", "0"), ("exportFiles", "0"));
        Assert.True(metadata.Good.Length < xml.Good.Length);
        PhpCap copy = await Create("""[{"project_title": "Copy","purpose": "1","purpose_other": "A copy"}]""", ("odm", xml.Good));
        Assert.Equal("Copy", (await Export(copy, "project")).Json.GetProperty("project_title").GetString());
        Assert.Equal(100, (await copy.Records()).Items.Count);
        Assert.Equal((await source.Records(("fields[0]", "last_name"))).Good, (await copy.Records(("fields[0]", "last_name"))).Good);
    }

    [Fact]
    public async Task What_defines_a_longitudinal_project_is_copied_and_taken_away()
    {
        var source = new PhpCap(_server, _server.Add(ClientProjects.Longitudinal()));
        PhpCap copy = await Create("""[{"project_title":"Empty","purpose":"0","is_longitudinal":1}]""");
        string arms = (await Export(source, "arm")).Good, metadata = (await Export(source, "metadata")).Good, mappings = (await Export(source, "formEventMapping")).Good;
        string events = Regex.Replace((await Export(source, "event")).Good, ",\"event_id\":\\d+", "");
        Assert.Equal(JsonDocument.Parse(metadata).RootElement.GetArrayLength().ToString(CultureInfo.InvariantCulture), (await Import(copy, "metadata", metadata)).Good);
        Assert.Equal("2", (await Import(copy, "arm", arms, ("action", "import"), ("override", "1"))).Good);
        Assert.Equal("6", (await Import(copy, "event", events, ("action", "import"), ("override", "1"))).Good);
        Assert.Equal("10", (await Import(copy, "formEventMapping", mappings)).Good);
        Assert.Equal(metadata, (await Export(copy, "metadata")).Good);
        Assert.Equal(arms, (await Export(copy, "arm")).Good);
        Assert.Equal(events, Regex.Replace((await Export(copy, "event")).Good, ",\"event_id\":\\d+", ""));
        Assert.Equal(mappings, (await Export(copy, "formEventMapping")).Good);
        Assert.Equal("1", (await copy.Call(("content", "arm"), ("action", "delete"), ("returnFormat", "json"), ("arms[0]", "2"))).Good);
        Assert.Single((await Export(copy, "arm")).Items);
        Assert.Equal("3", (await copy.Call([("content", "event"), ("action", "delete"), ("returnFormat", "json"), .. Wire.List("events", (await Export(copy, "event")).All("unique_event_name"))])).Good);
    }

    [Fact]
    public async Task Settings_are_changed()
    {
        var project = new PhpCap(_server, _server.Add(ClientProjects.Demography()));
        string before = (await Export(project, "project")).Good;
        Assert.Equal("1", (await Import(project, "project_settings", """{"project_irb_number":"IRB-123"}""")).Good);
        Assert.Equal("IRB-123", (await Export(project, "project")).Json.GetProperty("project_irb_number").GetString());
        Assert.Equal("2", (await Import(project, "project_settings", """{"project_irb_number":"","is_longitudinal":"0"}""")).Good);
        Assert.Equal(200, (await Import(project, "project_settings", before)).Status);
        Assert.Equal(before, (await Export(project, "project")).Good);
    }

    [Fact]
    public async Task Users_roles_and_who_has_which()
    {
        var project = new PhpCap(_server, _server.Add(ClientProjects.Demography()));
        Assert.Equal("1", (await Import(project, "user", """[{"username":"pat@example.org","data_export":0,"forms":{"demographics":1}}]""")).Good);
        Assert.Equal("1", (await Import(project, "userRole", """[{"role_label":"Role","data_export":"1","forms":{"demographics":2}}]""")).Good);
        string role = (await Export(project, "userRole")).All("unique_role_name")[0];
        Assert.Equal("1", (await Import(project, "userRoleMapping", $$"""[{"username":"pat@example.org","unique_role_name":"{{role}}","data_access_group":""}]""", ("action", "import"))).Good);
        Assert.Equal(["", role], (await Export(project, "userRoleMapping")).All("unique_role_name"));
        Assert.Equal("1", (await project.Call(("content", "userRole"), ("action", "delete"), ("returnFormat", "json"), ("roles[0]", role))).Good);
        Assert.Equal("1", (await project.Call(("content", "user"), ("action", "delete"), ("returnFormat", "json"), ("users[0]", "pat@example.org"))).Good);
        Assert.Equal(["owner"], (await Export(project, "user")).All("username"));
    }

    [Fact]
    public async Task What_was_done_is_logged()
    {
        var project = new PhpCap(_server, _server.Add(ClientProjects.Demography()));
        await Import(project, "user", """[{"username":"pat@example.org"}]""");
        await project.Import("csv", "record_id,first_name\n1200,A\n");
        await project.Records();
        await Import(project, "dag", """[{"data_access_group_name":"group1","unique_group_name":""}]""", ("action", "import"));
        await Import(project, "userDagMapping", """[{"username":"pat@example.org","redcap_data_access_group":"group1"}]""", ("action", "import"));
        Task<Exchange> Log(params (string, string)[] more) => project.Call([("content", "log"), ("returnFormat", "json"), ("format", "json"), .. more]);
        Assert.Contains("Create record (API) 1200", (await Log()).All("action"));
        Assert.Equal("Data Export (API) ", (await Log(("logtype", "export"))).All("action")[0], ignoreCase: true);
        Assert.Equal(["Create record (API) 1200"], (await Log(("logtype", "record_add"), ("record", "1200"))).All("action"));
        Assert.Equal(["owner"], (await Log(("user", "owner"))).All("username").Distinct());
        Assert.Equal("[]", (await Log(("user", "nobody"))).Good);
        Assert.Contains("Import User-DAG assignments (API)", (await Log(("dag", "group1"))).All("details"));
        Assert.Equal("[]", (await Log(("beginTime", "2040-01-01 00:00"))).Good);
        Assert.Equal("[]", (await Log(("endTime", "2000-01-01 00:00"))).Good);
    }

    [Fact]
    public async Task Files_and_surveys_of_records()
    {
        var project = new PhpCap(_server, _server.Add(ClientProjects.Longitudinal(), ClientProjects.LongitudinalRecords));
        (string, string)[] place = [("returnFormat", "json"), ("record", "1001"), ("field", "patient_document"), ("event", "baseline_arm_1")];
        Assert.Equal("", (await project.Upload([("content", "file"), ("action", "import"), .. place, ("repeat_instance", "")], "import-file.txt", "text/plain", Encoding.ASCII.GetBytes("a file\n"))).Good);
        Assert.Equal("a file\n", (await project.Call([("content", "file"), ("action", "export"), .. place])).Good);
        Assert.Equal("", (await project.Call([("content", "file"), ("action", "delete"), .. place])).Good);
        Exchange gone = await project.Call([("content", "file"), ("action", "export"), .. place]);
        Assert.Equal(400, gone.Status);
        Assert.StartsWith("{\"error\":", gone.Text, StringComparison.Ordinal);
        (string, string)[] survey = [("returnFormat", "json"), ("record", "1001"), ("instrument", "contact_info"), ("event", "enrollment_arm_1")];
        Assert.StartsWith("http", (await project.Call([("content", "surveyLink"), .. survey])).Good, StringComparison.Ordinal);
        Assert.StartsWith("http", (await project.Call(("content", "surveyQueueLink"), ("returnFormat", "json"), ("record", "1001"))).Good, StringComparison.Ordinal);
        Assert.Matches("^[A-Za-z0-9]+$", (await project.Call([("content", "surveyReturnCode"), .. survey])).Good);
        Assert.Equal(50, (await project.Call(("content", "participantList"), ("returnFormat", "json"), ("format", "json"), ("instrument", "contact_info"), ("event", "enrollment_arm_1"))).Items.Count);
        Assert.Equal(400, (await project.Call(("content", "surveyLink"), ("returnFormat", "json"), ("record", "1001"), ("instrument", "lab_data"), ("event", "baseline_arm_1"))).Status);
        Assert.Equal(["age"], (await Export(project, "exportFieldNames", ("field", "age"))).All("original_field_name"));
        Assert.Equal(400, (await Export(project, "exportFieldNames", ("field", "none"))).Status);
        Assert.Equal(4, (await Export(project, "instrument")).Items.Count);
    }

    private async Task<PhpCap> Create(string data, params (string, string)[] more) =>
        new(_server, (await _super.Call([("content", "project"), ("returnFormat", "json"), ("format", "json"), ("data", data), .. more])).Good);

    private static Task<Exchange> Export(PhpCap project, string content, params (string, string)[] more) => project.Call([("content", content), ("returnFormat", "json"), ("format", "json"), .. more]);

    private static Task<Exchange> Import(PhpCap project, string content, string data, params (string, string)[] more) => Export(project, content, [.. more, ("data", data)]);

    private static Task<Exchange> List(PhpCap project) => Export(project, "fileRepository", ("action", "list"));

    private static async Task<int> CreateFolder(PhpCap project, string name, params (string, string)[] more) =>
        Assert.Single((await Export(project, "fileRepository", [("action", "createFolder"), ("name", name), .. more])).Items).GetProperty("folder_id").GetInt32();
}
