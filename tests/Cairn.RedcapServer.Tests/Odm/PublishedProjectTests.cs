using System.Text;
using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Storage;

namespace Cairn.RedcapServer.Tests.Odm;

/// <summary>Published projects that are loaded and exported again are the same to the byte, times and version being those of their export.</summary>
public sealed class PublishedProjectTests
{
    private static readonly string[] Whole = ["content=project_xml", "exportFiles=true", "exportDataAccessGroups=true"];

    public static TheoryData<string> All => SharedProjects.All;

    [Theory]
    [MemberData(nameof(All))]
    public void A_project_comes_out_as_it_went_in(string project)
    {
        using TestServer server = SharedProjects.Serve(project);
        SharedProjects.Same(Encoding.UTF8.GetString(SharedProjects.Bytes(project, "project.xml")), server.Body(Whole));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_project_created_through_the_API_is_the_same(string project)
    {
        string xml = Encoding.UTF8.GetString(SharedProjects.Bytes(project, "project.xml"));
        string super = new('S', 64);
        using TestServer loaded = SharedProjects.Serve(project);
        using var server = new TestServer(options: loaded.Api.Options with { SuperToken = super, TakeCalcsOfNewProjects = true });
        server.Clock.Time = loaded.Clock.Time;
        string title = loaded.Store.Projects().Single().Title;
        string token = server.Body("token=" + super, "content=project", "format=json", $$"""data=[{"project_title":"{{title}}","purpose":"4"}]""", "odm=" + xml);
        Assert.Matches("^[0-9A-F]{32}$", token);
        SharedProjects.Same(xml, server.Body(["token=" + token, .. Whole]));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Exported_records_are_imported_again(string project)
    {
        using TestServer server = SharedProjects.Serve(project);
        string before = server.Export();
        string odm = server.Body("content=record", "format=odm", "type=flat");
        int number = server.Store.Projects().Single().Id;
        using (ProjectSession session = server.Store.Write(number, "owner"))
        {
            foreach (string record in session.RecordNames().ToList())
            {
                session.Delete(record);
            }

            session.Commit();
        }

        (int status, string answer) = server.Call("content=record", "format=odm", "type=flat", "returnFormat=json", "overwriteBehavior=normal", "forceAutoNumber=false", "data=" + odm);
        if (project == "potentially-problematic-values")
        {
            // Values from before the fields were validated are shown, and cannot be imported.
            Assert.Equal(400, status);
            Assert.Contains("before validation 1", answer);
            return;
        }

        Assert.True(status == 200, answer);
        SharedProjects.Same(WithoutFiles(before), WithoutFiles(server.Export()));
    }

    [Fact]
    public void Files_are_in_the_XML_only_when_they_are_asked_for()
    {
        using TestServer server = SharedProjects.Serve("vignette-repeating");
        string without = server.Body("content=project_xml");
        Assert.DoesNotContain("ItemDataBase64Binary", without);
        Assert.DoesNotContain("levon-and-barry.jpg", without);
        Assert.Contains("levon-and-barry.jpg", server.Body("content=record", "format=odm"));
    }

    [Fact]
    public void Metadata_alone_end_before_the_records()
    {
        using TestServer server = SharedProjects.Serve("dag");
        string xml = server.Body("content=project_xml", "returnMetadataOnly=1", "exportDataAccessGroups=true");
        string whole = server.Body(Whole);
        SharedProjects.Same(whole[..whole.IndexOf("<ClinicalData", StringComparison.Ordinal)] + "</ODM>", xml);
    }

    [Fact]
    public void Records_events_fields_and_logic_choose_what_is_written()
    {
        using TestServer server = SharedProjects.Serve("arm-single-longitudinal");
        string xml = server.Body("content=project_xml", "records=2,3", "events=intake_arm_1", "fields=weight", "filterLogic=[weight] > 25");
        string data = xml[xml.IndexOf("<ClinicalData", StringComparison.Ordinal)..];
        SharedProjects.Same("""
            	<SubjectData SubjectKey="3" redcap:RecordIdField="record_id">
            		<StudyEventData StudyEventOID="Event.intake_arm_1" StudyEventRepeatKey="1" redcap:UniqueEventName="intake_arm_1">
            			<FormData FormOID="Form.collection" FormRepeatKey="1">
            				<ItemGroupData ItemGroupOID="collection.record_id" ItemGroupRepeatKey="1">
            					<ItemData ItemOID="record_id" Value="3"/>
            					<ItemData ItemOID="weight" Value="31"/>
            				</ItemGroupData>
            			</FormData>
            		</StudyEventData>
            	</SubjectData>
            </ClinicalData>
            </ODM>
            """, data[(data.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        Assert.Contains("<ItemDef OID=\"interview_date\"", xml);
    }

    [Fact]
    public void Arms_and_events_are_those_published()
    {
        using TestServer server = SharedProjects.Serve("arm-single-longitudinal");
        using ProjectSession session = server.Store.Read(1, "owner");
        Assert.Equal(["intake_arm_1", "dischage_arm_1", "follow_up_arm_1"], session.Project.Design.Events.Select(e => e.UniqueName));
        Assert.Equal([1, 2, 3], session.Project.Design.Events.Select(e => e.DayOffset));
        Assert.True(session.Project.Longitudinal);
        Assert.Equal(3, session.CountRecords());
    }

    /// <summary>Files and their names are not imported with records.</summary>
    private static string WithoutFiles(string csv) => System.Text.RegularExpressions.Regex.Replace(csv, @"[\w-]+\.jpg", "");
}
