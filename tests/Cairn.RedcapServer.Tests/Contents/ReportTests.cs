using Cairn.RedcapServer.Definitions;
using static Cairn.RedcapServer.Tests.TestDesign;

namespace Cairn.RedcapServer.Tests.Contents;

/// <summary>Reports: their own fields, events and filter, whatever a record export would be asked for.</summary>
public class ReportTests
{
    [Fact]
    public void A_report_gives_its_fields_of_the_records_its_filter_lets_through()
    {
        using var server = new TestServer(Classic().Build() with { Reports = [new Report { Id = 12, Title = "Grown", Fields = ["record_id", "age", "sex"], Filter = "[age] >= 18" }] });
        server.Import("record_id,name,age,sex\n1,Ada,20,0\n2,Bob,17,1\n3,Cyd,40,1");
        Assert.Equal("record_id,age,sex\n1,20,0\n3,40,1\n", server.Body("content=report", "report_id=12", "format=csv", "type=eav", "fields=nothing", "records=2", "filterLogic=x"));
        Assert.Equal("record_id|age|sex\n1|20|Female\n3|40|Male\n", server.Body("content=report", "report_id=12", "format=csv", "rawOrLabel=label", "csvDelimiter=|"));
        Assert.Equal("""[{"record_id":"1","age":"20","sex":"0"},{"record_id":"3","age":"40","sex":"1"}]""", server.Body("content=report", "report_id=12", "format=json"));
        Assert.Contains("\"Data export (API) \"", server.Body("content=log", "format=json", "logtype=export"), StringComparison.Ordinal);
        Assert.Equal((400, "ERROR: The following values in the parameter \"report_id\" are not valid: '13'"), server.Call("content=report", "report_id=13", "format=csv"));
        Assert.Equal((400, "ERROR: The parameter \"report_id\" is missing"), server.Call("content=report", "format=csv"));
    }

    [Fact]
    public void A_report_of_a_longitudinal_project_gives_its_events()
    {
        using var server = new TestServer(Longitudinal().Build() with { Reports = [new Report { Id = 1, Title = "Names", Fields = ["study_id", "name"], Events = ["enrolment_arm_2"] }] });
        server.Import("study_id,redcap_event_name,name\n1,enrolment_arm_1,Ada\n2,enrolment_arm_2,Bob");
        Assert.Equal("study_id,redcap_event_name,name\n2,enrolment_arm_2,Bob\n", server.Body("content=report", "report_id=1", "format=csv"));
    }
}
