using System.Text.Json;

namespace Cairn.RedcapServer.Tests.Clients;

/// <summary>What PyCap's integration tests (redcap-tools/PyCap, test/integration/test_long_project.py) do with their longitudinal project, made as the simple one is.</summary>
public sealed class PyCapLongExchangeTests : IAsyncLifetime
{
    private ClientServer _server = null!;
    private PyCap _project = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ClientServer.Start();
        _project = await PyCap.Create(_server, "Pycap testing long", _server.Odm(ClientProjects.Long(), ClientProjects.LongRecords));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_project_has_the_shape_it_was_made_with()
    {
        Assert.Equal(1, (await Export("project")).Json.GetProperty("is_longitudinal").GetInt32());
        Assert.Equal(0, (await Export("project")).Json.GetProperty("purpose").GetInt32());
        Assert.Equal(16, (await Export("event")).Items.Count);
        Assert.Equal(8, (await Export("event", ("arms[0]", "2"))).Items.Count);
        Assert.Equal(2, (await Export("arm")).Items.Count);
        Assert.Equal("Drug B", Assert.Single((await Export("arm", ("arms[0]", "2"))).Items).GetProperty("name").GetString());
        Assert.Equal(9, (await Export("instrument")).Items.Count);
        Assert.Equal(44, (await Export("formEventMapping")).Items.Count);
        Assert.Equal(23, (await Export("formEventMapping", ("arms[0]", "1"))).Items.Count);
        Exchange csv = await _project.Call(("content", "formEventMapping"), ("format", "csv"));
        Assert.Equal(["arm_num", "unique_event_name", "form"], csv.Csv[0]);
        Assert.StartsWith("%PDF-", (await _project.Call(("content", "pdf"), ("returnFormat", "json"), ("record", "1"), ("event", "enrollment_arm_1"), ("instrument", "demographics"))).Good, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_have_the_forms_and_fields_asked_for()
    {
        Exchange forms = await Records(Wire.List("fields", "demographics_complete", "baseline_data_complete", "study_id"), Wire.List("forms", "demographics", "baseline_data"));
        Assert.Equal(
            ["study_id", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance", "first_name", "dob", "demographics_complete", "base_weight", "height", "baseline_data_complete"],
            forms.Items[0].EnumerateObject().Select(p => p.Name));
        Exchange fields = await Records(Wire.List("fields", "first_name", "study_id"), [("events[0]", "enrollment_arm_1")]);
        Assert.Equal(["study_id", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance", "first_name"], Assert.Single(fields.Items).EnumerateObject().Select(p => p.Name));
        Exchange labels = await _project.Call([("content", "record"), ("format", "csv"), ("type", "flat"), ("rawOrLabel", "raw"), ("rawOrLabelHeaders", "label"), ("eventName", "label")]);
        Assert.StartsWith("\"Study ID\",\"Event Name\",", labels.Good, StringComparison.Ordinal);
        Assert.Equal(["Patient morale questionnaire"], (await Export("instrument")).All("instrument_label").Skip(4).Take(1));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("xml")]
    public async Task What_repeats_is_exported_and_imported(string format)
    {
        Exchange before = await _project.Call(("content", "repeatingFormsEvents"), ("format", format));
        Assert.Equal("1", (await _project.Call(("content", "repeatingFormsEvents"), ("returnFormat", "json"), ("format", format), ("data", before.Good))).Good);
        Assert.Equal(before.Good, (await _project.Call(("content", "repeatingFormsEvents"), ("format", format))).Good);
    }

    [Fact]
    public async Task Arms_are_added_renamed_deleted_and_replaced()
    {
        string arms = (await Export("arm")).Good, events = (await Export("event")).Good, mappings = (await Export("formEventMapping")).Good, repeats = (await Export("repeatingFormsEvents")).Good;
        Assert.Equal("1", (await Import("arm", """[{"arm_num": 3, "name": "test_3"}]""", ("action", "import"), ("override", "0"))).Good);
        Assert.Equal("1", (await Import("event", """[{"event_name": "new_event", "arm_num": 3}]""", ("action", "import"), ("override", "0"))).Good);
        Assert.Equal(["1", "2", "3"], (await Export("arm")).All("arm_num"));
        Assert.Equal("1", (await Import("arm", """[{"arm_num": 3, "name": "Drug C"}]""", ("action", "import"), ("override", "0"))).Good);
        Assert.Equal("Drug C", (await Export("arm")).All("name")[2]);
        Assert.Equal("1", (await _project.Call(("content", "arm"), ("action", "delete"), ("returnFormat", "json"), ("arms[0]", "3"))).Good);
        Assert.Equal(["1", "2"], (await Export("arm")).All("arm_num"));

        Assert.Equal("3", (await Import("arm", """[{"arm_num": 3, "name": "Drug C"}, {"arm_num": 4, "name": "Drug D"}, {"arm_num": 5, "name": "Drug E"}]""", ("action", "import"), ("override", "1"))).Good);
        Assert.Equal("1", (await Import("event", """[{"event_name": "new_event", "arm_num": 3}]""", ("action", "import"), ("override", "0"))).Good);
        Assert.Equal("2", (await Import("arm", arms, ("action", "import"), ("override", "1"))).Good);
        Assert.Equal("16", (await Import("event", events, ("action", "import"), ("override", "1"))).Good);
        Assert.Equal("44", (await Import("formEventMapping", mappings)).Good);
        Assert.Equal("1", (await Import("repeatingFormsEvents", repeats)).Good);
        Assert.Equal(arms, (await Export("arm")).Good);
        Assert.Equal(JsonDocument.Parse(events).RootElement.EnumerateArray().Select(e => e.GetProperty("unique_event_name").GetString()), (await Export("event")).All("unique_event_name"));
        Assert.Equal(mappings, (await Export("formEventMapping")).Good);
    }

    [Fact]
    public async Task Events_are_added_and_deleted_and_mapped()
    {
        Assert.Equal("1", (await Import("event", """[{"event_name": "XYZ", "arm_num": "2"}]""", ("action", "import"), ("override", "0"))).Good);
        Assert.Equal(17, (await Export("event")).Items.Count);
        Assert.Equal("1", (await _project.Call(("content", "event"), ("action", "delete"), ("returnFormat", "json"), ("events[0]", "xyz_arm_2"))).Good);
        Assert.Equal(16, (await Export("event")).Items.Count);
        string before = (await Export("formEventMapping")).Good;
        Assert.Equal("1", (await Import("formEventMapping", """[{"arm_num": 1, "unique_event_name": "enrollment_arm_1", "form": "demographics"}]""")).Good);
        Assert.Single((await Export("formEventMapping")).Items);
        Assert.Equal("44", (await Import("formEventMapping", before)).Good);
        Assert.Equal(before, (await Export("formEventMapping")).Good);
    }

    [Fact]
    public async Task Surveys_have_participants_links_and_codes()
    {
        (string, string)[] contact = [("instrument", "contact_info"), ("event", "enrollment_arm_1")];
        JsonElement participant = Assert.Single((await Export("participantList", contact)).Items);
        Assert.True(participant.TryGetProperty("email", out _));
        Exchange csv = await _project.Call([("content", "participantList"), ("format", "csv"), .. contact]);
        Assert.Contains("email", csv.Csv[0]);
        (string, string)[] record = [("returnFormat", "csv"), ("record", "1"), ("repeat_instance", "1"), .. contact];
        Assert.Matches("^http.+/surveys/\\?s=\\w+$", (await _project.Call([("content", "surveyLink"), .. record])).Good);
        Assert.Matches("^\\w{9}$", (await _project.Call([("content", "surveyAccessCode"), .. record])).Good);
        Assert.Matches("^http.+/surveys/\\?sq=\\w+$", (await _project.Call(("content", "surveyQueueLink"), ("record", "1"), ("returnFormat", "json"))).Good);
        Assert.Matches("^\\w{8}$", (await _project.Call([("content", "surveyReturnCode"), ("returnFormat", "json"), ("record", "1"), .. contact])).Good);
    }

    [Fact]
    public async Task Part_of_a_record_is_deleted()
    {
        Assert.Equal("1", (await _project.Call(
            ("content", "record"), ("action", "delete"), ("returnFormat", "json"), ("records[0]", "1"), ("arm", "1"), ("instrument", "visit_blood_workup"), ("event", "visit_1_arm_1"), ("repeat_instance", "1"))).Good);
        Assert.Equal(["1", "1", "2"], (await Records(Wire.List("fields", "study_id"))).All("study_id"));
    }

    private Task<Exchange> Export(string content, params (string, string)[] more) => _project.Call([("content", content), ("format", "json"), .. more]);

    private Task<Exchange> Import(string content, string data, params (string, string)[] more) => _project.Call([("content", content), .. more, ("returnFormat", "json"), ("format", "json"), ("data", data)]);

    private Task<Exchange> Records(params (string, string)[][] more) =>
        _project.Call([("content", "record"), ("format", "json"), ("type", "flat"), ("rawOrLabel", "raw"), ("rawOrLabelHeaders", "raw"), ("eventName", "label"), .. more.SelectMany(m => m)]);
}
