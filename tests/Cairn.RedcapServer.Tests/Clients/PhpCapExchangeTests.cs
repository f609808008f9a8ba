namespace Cairn.RedcapServer.Tests.Clients;

/// <summary>What PHPCap's integration tests (IUREDCap/phpcap, tests/integration/RecordsTest.php) do with the records of three projects.</summary>
public sealed class PhpCapExchangeTests : IAsyncLifetime
{
    private ClientServer _server = null!;
    private PhpCap _basic = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ClientServer.Start();
        _basic = new PhpCap(_server, _server.Add(ClientProjects.Demography(), ClientProjects.DemographyRecords));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_hundred_records_whole_and_in_batches()
    {
        Exchange all = await _basic.Records();
        Assert.Equal(100, all.Items.Count);
        Assert.Equal(Enumerable.Range(1001, 100).Select(i => $"{i}"), all.All("record_id"));
        IReadOnlyList<string> ids = (await _basic.Records(("fields[0]", "record_id"))).All("record_id");
        var whole = new List<string>();
        foreach (string[] batch in ids.Chunk(10))
        {
            whole.AddRange((await _basic.Records(Wire.List("records", batch))).Items.Select(i => i.GetRawText()));
        }

        Assert.Equal(all.Items.Select(i => i.GetRawText()), whole);
    }

    [Fact]
    public async Task Records_by_numbers_filters_and_codes()
    {
        Assert.Equal(["1001", "1010", "1100"], (await _basic.Records(Wire.List("records", "1001", "1010", "1100"))).All("record_id"));
        Assert.Equal(50, (await _basic.Records(("filterLogic", "[race(0)] = 1"))).Items.Count);
        Assert.Equal("Last1001", Assert.Single((await _basic.Records(("filterLogic", "[last_name] = 'Last1001'"))).Items).GetProperty("last_name").GetString());
        Exchange eav = await _basic.Call([
            ("content", "record"), ("returnFormat", "json"), ("format", "csv"), ("type", "eav"), .. Wire.List("records", "1001", "1010", "1100"), .. Wire.List("fields", "bmi", "weight"), ("csvDelimiter", ""),
        ]);
        Assert.Equal(["record", "field_name", "value"], eav.Csv[0]);
        Assert.Equal(["1001 bmi", "1001 weight", "1010 bmi", "1010 weight", "1100 bmi", "1100 weight"], eav.Csv.Skip(1).Select(r => $"{r[0]} {r[1]}"));
        Exchange labels = await _basic.Call([("content", "record"), ("returnFormat", "json"), ("format", "csv"), ("type", "flat"), ("records[0]", "1001"), ("rawOrLabel", "label"), ("rawOrLabelHeaders", "label"), ("exportCheckboxLabel", "1")]);
        Assert.StartsWith("\"Record ID\",\"first name\",", labels.Good, StringComparison.Ordinal);
        Assert.Contains("One", labels.Csv[1]);
        (await _basic.Records(("fields[0]", "no_such_field"))).Refused(400, "{\"error\":\"The following values in the parameter \\\"fields\\\" are not valid: 'no_such_field'\"}");
        Assert.Contains("<ItemData ItemOID=\"record_id\" Value=\"1001\"/>", (await _basic.Call(("content", "record"), ("returnFormat", "json"), ("format", "odm"), ("type", "flat"), ("records[0]", "1001"))).Good, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(",", ',')]
    [InlineData("tab", '\t')]
    [InlineData(";", ';')]
    [InlineData("|", '|')]
    [InlineData("^", '^')]
    public async Task Csv_with_other_delimiters(string name, char delimiter)
    {
        Exchange out1 = await _basic.Call(("content", "record"), ("returnFormat", "json"), ("format", "csv"), ("type", "flat"), ("records[0]", "1001"), ("csvDelimiter", name), ("decimalCharacter", ","));
        IReadOnlyList<string[]> rows = Exchange.Rows(out1.Good, delimiter);
        Assert.Equal("61,5", rows[1][Array.IndexOf(rows[0], "weight")]);
        string data = string.Join(delimiter, "record_id", "first_name", "comments") + "\n" + string.Join(delimiter, "1101", "New", "\"with a" + delimiter + " within\"") + "\n";
        Assert.Equal("{\"count\": 1}", (await _basic.Import("csv", data, ("overwriteBehavior", "normal"), ("csvDelimiter", name))).Good);
        Assert.Equal($"with a{delimiter} within", (await _basic.Records(("records[0]", "1101"))).All("comments")[0]);
    }

    [Fact]
    public async Task Records_are_imported_in_each_format_and_deleted()
    {
        Assert.Equal("{\"count\": 2}", (await _basic.Import("csv", "record_id,first_name\n1101,A\n1102,B\n")).Good);
        Assert.Equal("2", (await _basic.DeleteRecords(["1101", "1102"])).Good);
        Assert.Equal("""["1101","1102"]""", (await _basic.Import("json", """[{"record_id":"1101"},{"record_id":"1102"}]""", ("returnContent", "ids"), ("overwriteBehavior", "overwrite"))).Good);
        Assert.Equal("2", (await _basic.DeleteRecords(["1101", "1102"])).Good);
        Assert.Equal("{\"count\": 1}", (await _basic.Import("xml", "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<records>\n<item><record_id><![CDATA[1101]]></record_id><first_name><![CDATA[A & B]]></first_name></item>\n</records>")).Good);
        Assert.Equal("A & B", (await _basic.Records(("records[0]", "1101"))).All("first_name")[0]);
        Assert.Equal("""["1101,1101"]""", (await _basic.Import("csv", "record_id,first_name\n1101,A\n", ("forceAutoNumber", "1"), ("returnContent", "auto_ids"))).Good);
        Assert.Equal("{\"count\": 1}", (await _basic.Import("csv", "record_id,birthdate\n1101,12-25-1990\n", ("dateFormat", "MDY"))).Good);
        Assert.Equal("1990-12-25", (await _basic.Records(("records[0]", "1101"))).All("birthdate")[0]);
        Assert.Equal("1", (await _basic.DeleteRecords(["1101"])).Good);
        Exchange gone = await _basic.DeleteRecords(["1101"]);
        Assert.Equal(400, gone.Status);
        Assert.StartsWith("{\"error\":\"", gone.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_changed_in_a_range_of_time()
    {
        _server.Inside.Clock.Time = _server.Inside.Clock.Time.AddHours(1);
        await _basic.Import("csv", "record_id,first_name\n1101,A\n");
        Assert.Equal(["1101"], (await _basic.Records(("dateRangeBegin", "2024-05-06 07:30:00"), ("dateRangeEnd", "2024-05-06 09:00:00"))).All("record_id"));
        Assert.Equal("[]", (await _basic.Records(("dateRangeBegin", "2030-01-01 00:00:00"))).Good);
        Assert.Equal(101, (await _basic.Records(("dateRangeBegin", "2020-01-01 00:00:00"))).Items.Count);
    }

    [Fact]
    public async Task A_longitudinal_project_by_events_forms_and_fields()
    {
        var project = new PhpCap(_server, _server.Add(ClientProjects.Longitudinal(), ClientProjects.LongitudinalRecords));
        Task<Exchange> Csv(params (string, string)[] more) => project.Call([("content", "record"), ("returnFormat", "json"), ("format", "csv"), ("type", "flat"), .. more]);
        Assert.Equal(300, (await project.Records()).Items.Count);
        Exchange race = await Csv([.. Wire.List("events", "enrollment_arm_1", "enrollment_arm_2"), ("fields[0]", "race")]);
        Assert.Equal(["race"], race.Csv[0]);
        Assert.Equal(101, race.Csv.Count);
        Exchange lab = await Csv([.. Wire.List("events", "baseline_arm_1", "visit_1_arm_1"), ("forms[0]", "lab_data")]);
        Assert.Equal(["lab_note", "patient_document", "lab_data_complete"], lab.Csv[0]);
        Assert.Equal("1", (await project.DeleteRecords(["1001"], ("arm", "1"))).Good);
        Assert.Equal(400, (await project.DeleteRecords(["1100"], ("arm", "1"))).Status);
    }

    [Fact]
    public async Task Reports_have_their_records_and_options()
    {
        var project = new PhpCap(_server, _server.Add(ClientProjects.Longitudinal(), ClientProjects.LongitudinalRecords));
        Task<Exchange> Report(string format, params (string, string)[] more) => project.Call([("content", "report"), ("returnFormat", "json"), ("report_id", "1"), ("format", format), .. more]);
        Assert.Equal(100, (await Report("json", ("rawOrLabel", "raw"), ("rawOrLabelHeaders", "raw"), ("exportCheckboxLabel", "0"))).Items.Count);
        Exchange csv = await Report("csv");
        Assert.Equal(["study_id", "redcap_event_name", "age", "ethnicity", "race", "sex", "gym", "bmi"], csv.Csv[0]);
        IReadOnlyList<string[]> bars = Exchange.Rows((await Report("csv", ("csvDelimiter", "|"), ("decimalCharacter", ","))).Good, '|');
        Assert.Equal("22,4", bars[1][^1]);
        Assert.Contains("Yes", (await Report("csv", ("rawOrLabel", "label"))).Csv[1]);
        Assert.Equal(400, (await project.Call(("content", "report"), ("returnFormat", "json"), ("report_id", "9999999"), ("format", "json"))).Status);
    }

    [Fact]
    public async Task Repeating_forms_are_told_set_and_printed()
    {
        var project = new PhpCap(_server, _server.Add(ClientProjects.Repeating()));
        (string, string)[] repeats = [("content", "repeatingFormsEvents"), ("returnFormat", "json"), ("format", "csv")];
        Assert.Equal("1", (await project.Call([.. repeats, ("data", "form_name,custom_form_label\nweight,[weight_date] [weight_time]\n")])).Good);
        Assert.Equal("form_name,custom_form_label\nweight,[weight_date] [weight_time]\n", (await project.Call(repeats)).Good);
        Assert.Equal("{\"count\": 1}", (await project.Import(
            "csv", "record_id,redcap_repeat_instrument,redcap_repeat_instance,first_name,weight_date,weight_time,weight_kg\n1001,,,Ada,,,\n1001,weight,1,,01-05-2018,12:00,173.4\n1001,weight,2,,01-06-2018,12:00,172.4\n", ("dateFormat", "MDY"))).Good);
        foreach ((string instance, string weight) in ((string, string)[])[("1", "173.4"), ("2", "172.4")])
        {
            string pdf = (await project.Call(("content", "pdf"), ("returnFormat", "json"), ("record", "1001"), ("instrument", "weight"), ("compactDisplay", "1"), ("repeat_instance", instance))).Good;
            Assert.Contains("(Record ID 1001)", pdf, StringComparison.Ordinal);
            Assert.Contains($"(Weight \\(lbs.\\) {weight})", pdf, StringComparison.Ordinal);
        }

        int Length(Exchange answer) => answer.Good.Length;
        Assert.True(Length(await project.Call(("content", "pdf"), ("returnFormat", "json"), ("compactDisplay", "1"))) < Length(await project.Call(("content", "pdf"), ("returnFormat", "json"))));
    }
}
