using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Records;
using Cairn.RedcapServer.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace Cairn.RedcapServer.Tests.Odm;

/// <summary>What the published projects do not have: any project that is written is read again as it was.</summary>
public sealed class OdmRoundTripTests
{
    private static readonly string[] Whole = ["content=project_xml", "exportFiles=1", "exportDataAccessGroups=1", "exportSurveyFields=1"];

    private static readonly string[] AnyText =
    [
        "plain", " both ", "two\nlines\n", "a\tb", "\"quoted\" & 'single' <b>bold</b> >", "< no tag", "&amp;", "]]>", "Ärger 日本 🙂", "[age] > 1 and [name] <> ''", "x\r\ny", "",
    ];

    private static readonly Gen<string> Texts = Gen.Elements(AnyText);

    private static readonly Gen<string> Labels = Gen.Elements("A label", "Two\nlines", "Who's \"who\"?", "a < b", "<div class=\"rich\"><p>Rich &amp; text</p></div>", "Ü");

    private static readonly Gen<Design> Designs =
        from fields in Fields().ListOf(12)
        from note in Texts
        from title in Gen.Elements("A title", "REDCapR: dag-x", "Who's & \"what\"", "日本")
        from kind in Gen.Choose(0, 2)
        from dags in Gen.Choose(0, 2)
        select Made(fields, note, title, kind, dags);

    [Fact]
    public void Any_project_is_read_again_as_it_was_written() =>
        Prop.ForAll(Designs.ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (design, seed) =>
        {
            using var server = new TestServer(design);
            Fill(server, seed);
            string xml = server.Body(Whole);
            using var other = new TestServer();
            int number = other.Store.AddXml(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(xml)), "owner", new ServerOptions());
            other.Store.SetToken(number, "owner", TestServer.Token);
            SharedProjects.Same(xml, other.Body(Whole));
            string csv = server.Export("exportSurveyFields=1", "exportDataAccessGroups=1", "exportBlankForGrayFormStatus=1");
            SharedProjects.Same(csv, other.Export("exportSurveyFields=1", "exportDataAccessGroups=1", "exportBlankForGrayFormStatus=1"));
            SharedProjects.Same(server.Body("content=record", "format=odm"), other.Body("content=record", "format=odm"));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Settings_and_groups_of_the_XML_come_out_though_this_server_has_no_use_for_them()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        string xml = server.Body("content=project_xml").Replace("</GlobalVariables>", """
            	<redcap:SomethingNew>a &amp; b</redcap:SomethingNew>
            	<redcap:AlertsGroup>
            		<redcap:Alerts alert_title="One
            two" ID="5"/>
            		<redcap:Attachment name="x">dGV4dA==</redcap:Attachment>
            	</redcap:AlertsGroup>
            </GlobalVariables>
            """, StringComparison.Ordinal).Replace("redcap:TextValidationType=\"int\"", "redcap:TextValidationType=\"int\" redcap:VideoUrl=\"https://x/?a&amp;b\"", StringComparison.Ordinal);
        Assert.Contains("VideoUrl", xml);
        using TestServer other = Loaded(xml);
        SharedProjects.Same(xml, other.Body("content=project_xml"));
    }

    [Fact]
    public void Settings_changed_here_are_the_ones_exported()
    {
        using TestServer server = Loaded(Exported(TestDesign.Longitudinal().Build()));
        using (ProjectSession session = server.Store.Write(1, "owner"))
        {
            Design design = session.Project.Design;
            session.Save(design with { Settings = design.Settings with { Notes = "changed", AutoNumbering = false }, Dags = [new Dag(7, "North", "north")] });
            session.Commit();
        }

        string xml = server.Body("content=project_xml");
        Assert.Contains("<redcap:ProjectNotes>changed</redcap:ProjectNotes>", xml);
        Assert.Contains("<redcap:RecordAutonumberingEnabled>0</redcap:RecordAutonumberingEnabled>", xml);
        Assert.Contains("\t<redcap:DataAccessGroupsGroup>\n\t\t<redcap:DataAccessGroups group_name=\"North\"/>\n\t</redcap:DataAccessGroupsGroup>\n</GlobalVariables>", xml);
        Assert.Contains("Name=\"Enrolment (Arm 2: Arm 2)\"", xml);
    }

    [Fact]
    public void Events_are_numbered_over_all_projects()
    {
        string xml = Exported(TestDesign.Longitudinal().Build());
        using TestServer server = Loaded(xml);
        int second = server.Store.AddXml(Stream(xml), "owner", new ServerOptions());
        int third = server.Store.AddBlank(new ProjectSettings { Title = "Third" }, "owner", new ServerOptions { FirstEventId = 100 });
        Assert.Equal([4, 5, 6], Events(server, second));
        Assert.Equal([100], Events(server, third));
    }

    [Fact]
    public void Reports_are_read_and_given_back()
    {
        Design design = TestDesign.Classic().Build() with { Reports = [new Report { Id = 3, Title = "Adults", Fields = ["record_id", "age"], Filter = "[age] >= 18" }] };
        using TestServer server = Loaded(Exported(design));
        using ProjectSession session = server.Store.Read(1, "owner");
        Report report = Assert.Single(session.Project.Design.Reports);
        Assert.Equal((3, "Adults", "record_id,age", "[age] >= 18"), (report.Id, report.Title, string.Join(',', report.Fields), report.Filter));
    }

    [Fact]
    public void A_survey_is_written_as_published_ones_are()
    {
        TestDesign made = new TestDesign().Form("first", TestDesign.Text("record_id"), TestDesign.Text("dob") with { SectionHeader = "Please fill in" }).Form("second", TestDesign.Text("age") with { SectionHeader = "Once more" });
        Design design = made.Build();
        design = design with { Forms = [.. design.Forms.Select(f => f with { IsSurvey = true, SurveyTitle = "A & B" })] };
        using var server = new TestServer(design);
        server.Import("record_id,dob,first_complete\n1,x,2\n");
        string xml = server.Body(Whole);
        Assert.Contains("\t\t<redcap:Surveys form_name=\"first\" title=\"A &amp; B\" survey_enabled=\"1\"/>\n", xml);
        Assert.Contains("""
            	<ItemGroupDef OID="first.record_id" Name="First" Repeating="No">
            		<ItemRef ItemOID="record_id" Mandatory="No" redcap:Variable="record_id"/>
            		<ItemRef ItemOID="redcap_survey_identifier" Mandatory="No" redcap:Variable="redcap_survey_identifier"/>
            		<ItemRef ItemOID="first_timestamp" Mandatory="No" redcap:Variable="first_timestamp"/>
            	</ItemGroupDef>
            	<ItemGroupDef OID="first.first_timestamp" Name="" Repeating="No">
            		<ItemRef ItemOID="first_timestamp" Mandatory="No" redcap:Variable="first_timestamp"/>
            	</ItemGroupDef>
            	<ItemGroupDef OID="first.dob" Name="Please fill in" Repeating="No">
            """, xml);
        Assert.Contains("\t<ItemGroupDef OID=\"second.second_timestamp\" Name=\"\" Repeating=\"No\">\n", xml);
        Assert.Equal(2, xml.Split("<ItemDef OID=\"first_timestamp\" Name=\"first_timestamp\" DataType=\"datetime\" Length=\"999\" redcap:Variable=\"first_timestamp\">").Length - 1);
    }

    [Fact]
    public void Forms_of_one_row_are_imported_as_one_row_and_instances_as_theirs()
    {
        using var server = new TestServer(TestDesign.Repeating().Build());
        string answer = server.Body("content=record", "format=odm", "returnFormat=json", "data=" + Data("""
            <SubjectData SubjectKey="7"><FormData FormOID="Form.intake"><ItemGroupData><ItemData ItemOID="name" Value="Ann"/><ItemData ItemOID="race___2" Value="1"/></ItemGroupData></FormData>
            <FormData FormOID="Form.lab" FormRepeatKey="2"><ItemGroupData><ItemData ItemOID="test" Value="Hb"/></ItemGroupData><ItemGroupData><ItemData ItemOID="lab_complete" Value="2"/></ItemGroupData></FormData></SubjectData>
            """));
        Assert.Equal("{\"count\": 1}", answer);
        Assert.Equal("record_id,redcap_repeat_instrument,redcap_repeat_instance,name,race___1,race___2,intake_complete,test,value,lab_complete\n7,,,Ann,0,1,0,,,\n7,lab,2,,,,,Hb,,2\n", server.Export());
    }

    [Fact]
    public void Wrong_values_items_and_events_of_ODM_are_told_like_those_of_other_formats()
    {
        using var server = new TestServer(TestDesign.Longitudinal().Build());
        (int status, string unknown) = server.Call("content=record", "format=odm", "returnFormat=csv", "data=" + Data("<SubjectData SubjectKey=\"7\"><StudyEventData StudyEventOID=\"Event.enrolment_arm_1\"><FormData FormOID=\"Form.enrolment\"><ItemGroupData><ItemData ItemOID=\"nothing\" Value=\"1\"/></ItemGroupData></FormData></StudyEventData></SubjectData>"));
        Assert.Equal((400, "ERROR: The following fields were not found in the project as real data fields: nothing"), (status, unknown));
        (status, string wrong) = server.Call("content=record", "format=odm", "returnFormat=csv", "data=" + Data("<SubjectData SubjectKey=\"7\"><StudyEventData StudyEventOID=\"Event.visits_arm_1\"><FormData FormOID=\"Form.visit\"><ItemGroupData><ItemData ItemOID=\"score\" Value=\"many\"/></ItemGroupData></FormData></StudyEventData></SubjectData>"));
        Assert.Equal(400, status);
        Assert.Contains("\"7\",\"score\",\"many\"", wrong);
        (status, wrong) = server.Call("content=record", "format=odm", "returnFormat=csv", "data=" + Data("<SubjectData SubjectKey=\"7\"><StudyEventData StudyEventOID=\"Event.none_arm_1\"><FormData FormOID=\"Form.visit\"><ItemGroupData><ItemData ItemOID=\"score\" Value=\"1\"/></ItemGroupData></FormData></StudyEventData></SubjectData>"));
        Assert.Equal(400, status);
        Assert.Contains("none_arm_1", wrong);
    }

    internal static string Data(string subjects) =>
        $"<?xml version=\"1.0\" encoding=\"UTF-8\" ?><ODM xmlns=\"http://www.cdisc.org/ns/odm/v1.3\" xmlns:redcap=\"https://projectredcap.org\" ODMVersion=\"1.3.1\"><ClinicalData>{subjects}</ClinicalData></ODM>";

    internal static Stream Stream(string xml) => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(xml));

    internal static string Exported(Design design)
    {
        using var server = new TestServer(design);
        return server.Body("content=project_xml");
    }

    private static TestServer Loaded(string xml)
    {
        var server = new TestServer();
        server.Store.SetToken(server.Store.AddXml(Stream(xml), "owner", new ServerOptions()), "owner", TestServer.Token);
        return server;
    }

    private static IEnumerable<int> Events(TestServer server, int project)
    {
        using ProjectSession session = server.Store.Read(project, "owner");
        return session.Project.Design.Events.Select(e => e.Id);
    }

    private static Gen<Field> Fields() =>
        from type in Gen.Elements(Enum.GetValues<FieldType>())
        from label in Labels
        from note in Texts
        from header in Gen.Frequency((4, Gen.Constant("")), (1, Labels))
        from logic in Texts
        from flags in Gen.Choose(0, 15)
        from validation in Gen.Elements("", "integer", "number", "date_dmy", "datetime_seconds_ymd", "time", "number_2dp", "own_type")
        from bounds in Gen.Elements(("", ""), ("1", ""), ("", "9"), ("1", "9"))
        select new Field
        {
            Cell = 0,
            Name = "",
            Form = "",
            Type = type,
            Label = label,
            Note = note,
            SectionHeader = header,
            BranchingLogic = logic,
            Identifier = (flags & 1) > 0,
            Required = (flags & 2) > 0,
            Alignment = (flags & 4) > 0 ? "LH" : "",
            Annotation = (flags & 8) > 0 ? note : "",
            Validation = type == FieldType.Text ? validation : type == FieldType.File && flags > 7 ? "signature" : "",
            Minimum = type == FieldType.Text ? bounds.Item1 : "",
            Maximum = type == FieldType.Text ? bounds.Item2 : "",
            ChoicesOrCalculation = type switch
            {
                FieldType.Calc => "[record_id] * 2 & \"x\"",
                FieldType.Slider => "low | middle | high",
                FieldType.Checkbox => "1, One|-2, Two & <i>more</i>|x, \"X\"",
                FieldType.Radio or FieldType.Dropdown => "1, One | 20, Two's | x, <b>X</b>",
                _ => "",
            },
        };

    private static Design Made(IEnumerable<Field> fields, string note, string title, int kind, int dags)
    {
        List<Field> all = [.. fields.Select((f, i) => f with { Name = $"f{i}" })];
        TestDesign made = new TestDesign { Settings = new ProjectSettings { Title = title, Notes = note, MissingDataCodes = "UNK, Unknown | NA, None" } }
            .Form("one", [TestDesign.Text("record_id"), .. all[..4]]).Form("two", [.. all[4..8]]).Form("three", [.. all[8..]]);
        if (kind > 0)
        {
            made.Event("Start", 1, "one", "two").Event("Later on & on", 1, "two", "three").Event("Start", 2, "one", "three");
            made.Repeats(null, "later_on_&_on_arm_1").Repeats("three", "start_arm_2");
        }
        else
        {
            made.Repeats("two");
        }

        Design design = made.Build();
        return design with
        {
            Dags = [.. Enumerable.Range(1, dags).Select(i => new Dag(i, $"Group {i}", $"group_{i}"))],
            Forms = [.. design.Forms.Select(f => f with { IsSurvey = kind == 2 && f.Name != "three", SurveyTitle = kind == 2 && f.Name != "three" ? note : "" })],
            Roles = [new Role("U-1", "api & more", new Rights { Values = new Dictionary<string, int> { ["api_export"] = 1, ["user_rights"] = 2 }, Forms = new Dictionary<string, int> { ["one"] = 1 } })],
        };
    }

    /// <summary>
    /// Five records with values in some of their cells. Each has the event of its record ID, where the XML has its group, and each row a value, as otherwise the XML
    /// has nothing of it.
    /// </summary>
    private static void Fill(TestServer server, int seed)
    {
        var random = new System.Random(seed);
        using ProjectSession session = server.Store.Write(server.Project, "owner");
        Project project = session.Project;
        for (int i = 1; i <= 5; i++)
        {
            var record = new RecordData($"{i}-'{i}'", project.Design.Dags.Count > 0 && random.Next(2) == 0 ? 1 : null, project);
            foreach (Event at in project.Design.Events.Where(e => e.Id == project.FirstEvent.Id || random.Next(3) > 0))
            {
                foreach (Form form in project.Design.Forms.Where(f => project.IsDesignated(at.Id, f.Name)))
                {
                    DataRow row = record.RowOrNew(RecordData.KeyOf(project, at.Id, form.Name, random.Next(1, 3)));
                    row.Cells[form.StatusCell] = form.Name == "one" && random.Next(3) == 0 ? "" : "1";
                    row.Cells[form.TimestampCell] = form.IsSurvey && random.Next(2) == 0 ? "2024-01-02 03:04:05" : "";
                    foreach (Field field in project.FieldsOf(form.Name).Where(f => f.HoldsData && f.Name != "record_id" && random.Next(2) == 0))
                    {
                        if (field.IsCheckbox)
                        {
                            // In the order of the choices, in which they are read.
                            row.Cells.Check(field.Cell, "-2", true);
                            row.Cells.Check(field.Cell, "UNK", random.Next(2) == 0);
                        }
                        else
                        {
                            row.Cells[field.Cell] = field.Type == FieldType.File ? session.Add("a \"b\".txt", "text/plain", [1, 2, (byte)i]) : AnyText[random.Next(AnyText.Length)];
                        }
                    }
                }
            }

            session.Save(record);
        }

        session.Commit();
    }
}
