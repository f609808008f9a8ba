using Cairn.RedcapServer.Definitions;
using static Cairn.RedcapServer.Tests.TestDesign;

namespace Cairn.RedcapServer.Tests.Contents;

/// <summary>Links and codes of surveys, and their participants.</summary>
public class SurveyTests
{
    [Fact]
    public void Links_and_codes_are_of_their_lengths_and_the_same_each_time()
    {
        using var server = Surveyed();
        string link = server.Body("content=surveyLink", "record=1", "instrument=visit");
        Assert.Matches("^https://redcap.example.org/surveys/\\?s=[0-9A-Za-z]{16}$", link);
        Assert.Equal(link, server.Body("content=surveyLink", "record=1", "instrument=visit", "format=json"));
        Assert.NotEqual(link, server.Body("content=surveyLink", "record=2", "instrument=visit"));
        Assert.NotEqual(link, server.Body("content=surveyLink", "record=1", "instrument=visit", "repeat_instance=2"));
        Assert.Matches("^https://redcap.example.org/surveys/\\?sq=[0-9A-Za-z]{32}$", server.Body("content=surveyQueueLink", "record=1"));
        Assert.Matches("^[0-9A-Z]{8}$", server.Body("content=surveyReturnCode", "record=1", "instrument=visit"));
        Assert.Matches("^[0-9A-Z]{9}$", server.Body("content=surveyAccessCode", "record=1", "instrument=visit"));
    }

    [Theory]
    [InlineData("record=-1", "instrument=visit", "The record \"-1\" does not exist")]
    [InlineData("record=1", "instrument=nothing", "The following values in the parameter \"instrument\" are not valid: 'nothing'")]
    [InlineData("record=1", "instrument=demographics", "The instrument 'demographics' is not enabled as a survey")]
    [InlineData("record=1", "instrument=", "The parameter \"instrument\" is missing")]
    public void What_has_no_link_is_told(string record, string instrument, string message)
    {
        using var server = Surveyed();
        foreach (string content in (string[])["surveyLink", "surveyReturnCode", "surveyAccessCode"])
        {
            Assert.Equal((400, "ERROR: " + message), server.Call("content=" + content, "format=csv", record, instrument));
        }
    }

    [Fact]
    public void Participants_are_the_records_with_how_far_they_are()
    {
        using var server = Surveyed();
        server.Import("record_id,score,visit_complete\n1,7,2\n2,7,0");
        string code = server.Body("content=surveyAccessCode", "record=1", "instrument=visit"), link = server.Body("content=surveyLink", "record=1", "instrument=visit");
        Assert.StartsWith(
            $$"""[{"email":"","email_occurrence":1,"identifier":"","record":"1","invitation_sent_status":0,"invitation_send_time":"","response_status":2,"survey_access_code":"{{code}}","survey_link":"{{link}}"},""",
            server.Body("content=participantList", "format=json", "instrument=visit"), StringComparison.Ordinal);
        string csv = server.Body("content=participantList", "format=csv", "instrument=visit");
        Assert.StartsWith("email,email_occurrence,identifier,record,invitation_sent_status,invitation_send_time,response_status,survey_access_code,survey_link\n,1,,1,0,,2,", csv, StringComparison.Ordinal);
        Assert.Contains("\n,1,,2,0,,1,", csv, StringComparison.Ordinal);
        Assert.Contains("\n,1,,3,0,,0,", csv, StringComparison.Ordinal);
        server.Change(d => d with { Dags = [new Dag(7, "North", "north")], Users = [d.Users[0] with { Dag = 7 }] });
        Assert.Equal("\n", server.Body("content=participantList", "format=csv", "instrument=visit"));
    }

    [Fact]
    public void A_longitudinal_project_needs_the_event()
    {
        using var server = new TestServer(Longitudinal().Build());
        server.Change(d => d with { Settings = d.Settings with { SurveysEnabled = true }, Forms = [.. d.Forms.Select(f => f with { IsSurvey = true })] });
        server.Import("study_id,redcap_event_name,name\n1,enrolment_arm_1,Ada\n2,enrolment_arm_2,Bob");
        Assert.Equal((400, "ERROR: The parameter \"event\" is missing"), server.Call("content=participantList", "format=csv", "instrument=visit"));
        Assert.Equal((400, "ERROR: The instrument 'visit' is not designated for the event 'enrolment_arm_1'"), server.Call("content=surveyLink", "format=csv", "record=1", "instrument=visit", "event=enrolment_arm_1"));
        string json = server.Body("content=participantList", "format=json", "instrument=visit", "event=visits_arm_1");
        Assert.Contains("\"record\":\"1\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("\"record\":\"2\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Surveys_need_to_be_enabled_and_their_right()
    {
        using var server = Surveyed();
        UserTests.SetRight(server, "manage_survey_participants", 0);
        Assert.Equal((400, "ERROR: Insufficient user privileges: You must have 'API Export' privileges and 'Survey Distribution Tools' privileges in the project."),
            server.Call("content=surveyQueueLink", "format=csv", "record=1"));
        using var without = new TestServer(Classic().Build());
        Assert.Equal((400, "ERROR: Surveys are not enabled in the project"), without.Call("content=surveyLink", "format=csv", "record=1", "instrument=visit"));
    }

    private static TestServer Surveyed()
    {
        var server = new TestServer(Classic().Build(), new ServerOptions { Address = "https://redcap.example.org" });
        server.Change(d => d with { Settings = d.Settings with { SurveysEnabled = true }, Forms = [.. d.Forms.Select(f => f with { IsSurvey = f.Name == "visit" })] });
        server.Import("record_id,name\n1,Ada\n2,Bob\n3,Eve");
        return server;
    }
}
