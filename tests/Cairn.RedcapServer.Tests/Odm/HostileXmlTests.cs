using System.Text;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Records;
using Cairn.RedcapServer.Storage;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Tests.Odm;

/// <summary>XML that is broken, or made to do harm: always one kind of error, never a project by half.</summary>
public sealed class HostileXmlTests
{
    private static readonly string Super = new('S', 64);

    public static TheoryData<string> Hostile => [.. Wrong().Select(w => w.Name)];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_XML_makes_no_project(string name)
    {
        string xml = Wrong().Single(w => w.Name == name).Xml;
        using var server = new TestServer();
        Assert.Throws<DataFormatException>(() => server.Store.AddXml(OdmRoundTripTests.Stream(xml), "owner", new ServerOptions()));
        Assert.Empty(server.Store.Projects());
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_XML_is_refused_by_the_API(string name)
    {
        string xml = Wrong().Single(w => w.Name == name).Xml;
        using var server = new TestServer(options: new ServerOptions { SuperToken = Super });
        (int status, string body) = server.Call("token=" + Super, "content=project", "format=json", "data=[{\"project_title\":\"T\",\"purpose\":0}]", "odm=" + xml);
        Assert.Equal(400, status);
        Assert.StartsWith("{\"error\":\"", body);
        Assert.Empty(server.Store.Projects());
    }

    [Fact]
    public void XML_cut_anywhere_is_refused_and_leaves_nothing()
    {
        byte[] whole = Sample();
        using var server = new TestServer();
        for (int length = 0; length < whole.Length - 1; length += 50)
        {
            Assert.Throws<DataFormatException>(() => server.Store.AddXml(new MemoryStream(whole, 0, length), "owner", new ServerOptions()));
        }

        Assert.Empty(server.Store.Projects());
        Assert.Equal(1, server.Store.AddXml(new MemoryStream(whole), "owner", new ServerOptions()));
    }

    [Fact]
    public void XML_with_bytes_changed_is_taken_whole_or_refused()
    {
        byte[] whole = Sample();
        var random = new Random(20240506);
        using var server = new TestServer();
        int refused = 0;
        for (int i = 0; i < 1500; i++)
        {
            byte[] changed = [.. whole];
            for (int n = random.Next(1, 4); n > 0; n--)
            {
                int at = random.Next(changed.Length);
                changed[at] = random.Next(4) switch { 0 => (byte)'<', 1 => (byte)'"', 2 => (byte)random.Next(256), _ => changed[random.Next(changed.Length)] };
            }

            int before = server.Store.Projects().Count;
            try
            {
                int project = server.Store.AddXml(new MemoryStream(changed), "owner", new ServerOptions());
                using ProjectSession session = server.Store.Read(project, "owner");
                Assert.Equal(session.CountRecords(), session.Records().Count());
            }
            catch (DataFormatException)
            {
                refused++;
                Assert.Equal(before, server.Store.Projects().Count);
            }
        }

        Assert.InRange(refused, 1000, 1499);
    }

    [Fact]
    public void Records_in_hostile_ODM_are_refused_and_nothing_of_them_is_imported()
    {
        using var server = new TestServer(TestDesign.Classic().Build());
        server.Import("record_id,name\n1,before\n");
        string before = server.Export();
        string good = "<SubjectData SubjectKey=\"1\"><FormData FormOID=\"Form.demographics\"><ItemGroupData><ItemData ItemOID=\"name\" Value=\"after\"/></ItemGroupData></FormData></SubjectData>";
        string sound = OdmRoundTripTests.Data(good);
        foreach (string wrong in (string[])
        [
            "", "x", "<a/>", "{}", sound[..^3], sound + "<more/>", sound.Replace("after", "&undefined;"), sound.Replace("after", "&#0;"), "<!DOCTYPE ODM>" + sound,
            OdmRoundTripTests.Data(good + string.Concat(Enumerable.Repeat("<x>", 100_000))), OdmRoundTripTests.Data(good + "<SubjectData/>"),
            OdmRoundTripTests.Data(good + "<SubjectData SubjectKey=\"" + new string('9', 101) + "\"/>"), sound.Replace("FormOID=\"Form.demographics\"", "FormOID=\"Form.demographics\" FormRepeatKey=\"-1\""),
        ])
        {
            (int status, string body) = server.Call("content=record", "format=odm", "returnFormat=csv", "data=" + wrong);
            Assert.True(status == 400 && body.StartsWith("ERROR: ", StringComparison.Ordinal), $"{wrong[..Math.Min(80, wrong.Length)]} gave {status}: {body}");
        }

        Assert.Equal(before, server.Export());
        server.Body("content=record", "format=odm", "returnFormat=csv", "data=" + sound);
        Assert.Contains("after", server.Export());
    }

    [Fact]
    public void Faults_say_the_line_they_are_in()
    {
        string xml = Encoding.UTF8.GetString(Sample()).Replace("AQID", "A_ID");
        int line = xml[..xml.IndexOf("A_ID", StringComparison.Ordinal)].Count(c => c == '\n') + 1;
        using var server = new TestServer();
        DataFormatException told = Assert.Throws<DataFormatException>(() => server.Store.AddXml(OdmRoundTripTests.Stream(xml), "owner", new ServerOptions()));
        Assert.Contains($"line {line}, the file of 'paper' is not base64", told.Message);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{\"project_title\":\"\",\"purpose\":0}]")]
    [InlineData("[{\"project_title\":\"T\"}]")]
    [InlineData("[{\"project_title\":\"T\",\"purpose\":9}]")]
    [InlineData("[{\"project_title\":\"T\",\"purpose\":1}]")]
    [InlineData("[{\"project_title\":\"T\",\"purpose\":0},{\"project_title\":\"U\",\"purpose\":0}]")]
    [InlineData("nothing")]
    public void A_project_without_its_attributes_is_not_created(string data)
    {
        using var server = new TestServer(options: new ServerOptions { SuperToken = Super });
        Assert.Equal(400, server.Call("token=" + Super, "content=project", "format=json", "data=" + data).Status);
        Assert.Equal(400, server.Call("token=" + Super, "content=record").Status);
        Assert.Empty(server.Store.Projects());
    }

    [Theory]
    [InlineData("json", "[{\"project_title\":\"A title\",\"purpose\":1,\"purpose_other\":\"trying\",\"is_longitudinal\":1,\"record_autonumbering_enabled\":0}]")]
    [InlineData("json", "{\"project_title\":\"A title\",\"purpose\":\"1\",\"purpose_other\":\"trying\",\"is_longitudinal\":true,\"record_autonumbering_enabled\":false}")]
    [InlineData("csv", "project_title,purpose,purpose_other,is_longitudinal,record_autonumbering_enabled\nA title,1,trying,1,0\n")]
    [InlineData("xml", "<?xml version=\"1.0\" ?><items><item><project_title>A title</project_title><purpose>1</purpose><purpose_other>trying</purpose_other><is_longitudinal>1</is_longitudinal><record_autonumbering_enabled>0</record_autonumbering_enabled></item></items>")]
    public void A_project_is_created_from_its_attributes_in_each_format(string format, string data)
    {
        using var server = new TestServer(options: new ServerOptions { SuperToken = Super });
        string token = server.Body("token=" + Super, "content=project", "format=" + format, "data=" + data);
        Assert.Matches("^[0-9A-F]{32}$", token);
        TokenOwner owner = server.Store.OwnerOf(token)!;
        using (ProjectSession session = server.Store.Read(owner.Project, owner.User))
        {
            ProjectSettings settings = session.Project.Settings;
            Assert.Equal(("A title", 1, "trying", true, false), (settings.Title, settings.Purpose, settings.PurposeOther, settings.Longitudinal, settings.AutoNumbering));
            Assert.Equal("2024-05-06 07:08:09", settings.Created);
            Assert.All(Rights.Names, right => Assert.True(session.Project.User(owner.User)!.Rights.May(right)));
        }

        Assert.Equal("1", server.Body("token=" + token, "content=record", "action=import", "format=csv", "data=record_id,redcap_event_name\nA,event_1_arm_1\n"));
        Assert.Equal("record_id,redcap_event_name,my_first_instrument_complete\nA,event_1_arm_1,0\n", server.Body("token=" + token, "content=record", "format=csv"));
    }

    /// <summary>A project with a record and a file, as XML.</summary>
    private static byte[] Sample()
    {
        using var server = new TestServer(new TestDesign().Form("one", TestDesign.Text("record_id"), TestDesign.Checkbox("box", "1, One | 2, Two"), TestDesign.File("paper")).Form("two", TestDesign.Text("age", "integer")).Repeats("two").Build());
        using (ProjectSession session = server.Store.Write(server.Project, "owner"))
        {
            var record = new RecordData("1", dag: null, session.Project);
            Cells cells = record.RowOrNew(new RowKey(100, "", 0)).Cells;
            cells.Check(session.Project.Field("box")!.Cell, "2", true);
            cells[session.Project.Field("paper")!.Cell] = session.Add("paper.txt", "text/plain", [1, 2, 3]);
            record.RowOrNew(new RowKey(100, "two", 2)).Cells[session.Project.Field("age")!.Cell] = "5";
            session.Save(record);
            session.Commit();
        }

        return Encoding.UTF8.GetBytes(server.Body("content=project_xml", "exportFiles=1"));
    }

    private static IEnumerable<(string Name, string Xml)> Wrong()
    {
        string xml = Encoding.UTF8.GetString(Sample());
        string body = xml[(xml.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        string bomb = "<!DOCTYPE ODM [<!ENTITY a \"aaaaaaaaaa\">" + string.Concat(Enumerable.Range(0, 9).Select(i => $"<!ENTITY {(char)('b' + i)} \"&{(char)('a' + i)};&{(char)('a' + i)};&{(char)('a' + i)};\">")) + "]>";
        yield return ("no XML", "record_id,name\n1,a\n");
        yield return ("another root", "<records/>");
        yield return ("no study", "<ODM/>");
        yield return ("an empty study", "<ODM><Study/></ODM>");
        yield return ("a document type", "<!DOCTYPE ODM>" + body);
        yield return ("an outside document type", "<!DOCTYPE ODM SYSTEM \"file:///etc/passwd\">" + body);
        yield return ("an entity bomb", bomb + body.Replace("Test", "&j;", StringComparison.Ordinal));
        yield return ("an outside entity", "<!DOCTYPE ODM [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + body.Replace("Test", "&x;", StringComparison.Ordinal));
        yield return ("an entity that is not defined", xml.Replace("Value=\"5\"", "Value=\"&x;\"", StringComparison.Ordinal));
        yield return ("a character XML does not allow", xml.Replace("Value=\"5\"", "Value=\"&#1;\"", StringComparison.Ordinal));
        yield return ("deep nesting", xml.Replace("</GlobalVariables>", string.Concat(Enumerable.Repeat("<redcap:x>", 200_000)), StringComparison.Ordinal));
        yield return ("deep nesting in the data", xml.Replace("</ClinicalData>", string.Concat(Enumerable.Repeat("<x>", 200_000)), StringComparison.Ordinal));
        yield return ("an encoding that is none", xml.Replace("UTF-8", "no-such", StringComparison.Ordinal));
        yield return ("bad base64", xml.Replace("AQID", "AQI", StringComparison.Ordinal));
        yield return ("base64 of other characters", xml.Replace("AQID", "A!ID", StringComparison.Ordinal));
        yield return ("more behind the end", xml + "<ODM/>");
        yield return ("an item that is not defined", xml.Replace("ItemData ItemOID=\"age\"", "ItemData ItemOID=\"nothing\"", StringComparison.Ordinal));
        yield return ("a form that is not defined", xml.Replace("FormOID=\"Form.two\"", "FormOID=\"Form.none\"", StringComparison.Ordinal));
        yield return ("a group that is not defined", xml.Replace("<ItemGroupDef OID=\"two.age\"", "<ItemGroupDef OID=\"two.other\"", StringComparison.Ordinal));
        yield return ("a field that is not defined", xml.Replace("<ItemDef OID=\"age\"", "<ItemDef OID=\"other\"", StringComparison.Ordinal));
        yield return ("a field without a name", xml.Replace("\"age\"", "\"A g e\"", StringComparison.Ordinal));
        yield return ("a field of no type", xml.Replace("redcap:FieldType=\"file\"", "redcap:FieldType=\"nonsense\"", StringComparison.Ordinal));
        yield return ("a field with the name of a status", xml.Replace("\"age\"", "\"one_complete\"", StringComparison.Ordinal));
        yield return ("a form that is there twice", xml.Replace("redcap:FormName=\"two\"", "redcap:FormName=\"one\"", StringComparison.Ordinal));
        yield return ("a repeating form that is not defined", xml.Replace("redcap:RepeatInstrument=\"two\"", "redcap:RepeatInstrument=\"none\"", StringComparison.Ordinal));
        yield return ("instance zero", xml.Replace("FormRepeatKey=\"2\"", "FormRepeatKey=\"0\"", StringComparison.Ordinal));
        yield return ("instance of many digits", xml.Replace("FormRepeatKey=\"2\"", "FormRepeatKey=\"99999999999\"", StringComparison.Ordinal));
        yield return ("a record without a name", xml.Replace("SubjectKey=\"1\"", "SubjectKey=\" \"", StringComparison.Ordinal));
        yield return ("records first", $"<ODM>{xml[xml.IndexOf("<ClinicalData", StringComparison.Ordinal)..xml.IndexOf("</ODM>", StringComparison.Ordinal)]}</ODM>");
        yield return ("two studies", xml.Replace("</Study>", "</Study><Study/>", StringComparison.Ordinal));
    }
}
