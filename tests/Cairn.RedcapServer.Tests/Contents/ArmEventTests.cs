using System.Text;
using Cairn.RedcapServer.Definitions;
using static Cairn.RedcapServer.Tests.TestDesign;

namespace Cairn.RedcapServer.Tests.Contents;

/// <summary>Arms, events, mappings and repeats: what is exported to the byte, what imports change, and what goes with what is deleted.</summary>
public class ArmEventTests
{
    [Fact]
    public void Arms_are_exported_as_real_servers_do()
    {
        using var server = new TestServer(Longitudinal().Build());
        Assert.Equal("arm_num,name\n1,\"Arm 1\"\n2,\"Arm 2\"", server.Body("content=arm", "format=csv"));
        Assert.Equal("""[{"arm_num":1,"name":"Arm 1"},{"arm_num":2,"name":"Arm 2"}]""", server.Body("content=arm", "format=json"));
        Assert.Equal(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<arms>\n<item><arm_num><![CDATA[2]]></arm_num><name><![CDATA[Arm 2]]></name></item>\n</arms>",
            server.Body("content=arm", "arms[0]=2"));
        Assert.Equal("""[{"arm_num":2,"name":"Arm 2"}]""", server.Body("content=arm", "format=json", "arms=2"));
        Assert.Equal((400, """{"error":"The following values in the parameter \"arms\" are not valid: '3', 'x'"}"""), server.Call("content=arm", "format=json", "arms=3,x"));
    }

    [Fact]
    public void Events_are_exported_as_real_servers_do()
    {
        using var server = new TestServer(Longitudinal().Build());
        Assert.Equal(
            "event_name,arm_num,unique_event_name,custom_event_label,event_id\n\"Enrolment\",1,enrolment_arm_1,,100\n\"Visits\",1,visits_arm_1,,101\n\"Enrolment\",2,enrolment_arm_2,,102",
            server.Body("content=event", "format=csv", "arms="));
        Assert.Equal(
            """[{"event_name":"Enrolment","arm_num":2,"unique_event_name":"enrolment_arm_2","custom_event_label":"","event_id":102}]""",
            server.Body("content=event", "format=json", "arms[]=2"));
        server.Change(d => d with { Settings = d.Settings with { SchedulingEnabled = true } });
        Assert.Equal(
            """[{"event_name":"Enrolment","arm_num":2,"day_offset":"2","offset_min":"0","offset_max":"0","unique_event_name":"enrolment_arm_2","custom_event_label":"","event_id":102}]""",
            server.Body("content=event", "format=json", "arms=2"));
    }

    [Theory]
    [InlineData("arm", "You cannot export arms for classic projects")]
    [InlineData("event", "You cannot export events for classic projects")]
    [InlineData("formEventMapping", "You cannot export form/event mappings for classic projects")]
    [InlineData("repeatingFormsEvents", "You cannot export repeating instruments and events because the project does not contain any repeating instruments and events")]
    public void Classic_projects_have_none(string content, string message)
    {
        using var server = new TestServer(Classic().Build());
        Assert.Equal((400, "ERROR: " + message), server.Call("content=" + content, "format=csv"));
        using var older = new TestServer(Classic().Build(), new ServerOptions { FullStopInMessages = true });
        Assert.Equal((400, $"ERROR: {message}."), older.Call("content=" + content, "format=csv"));
    }

    /// <summary>The files of a published project: its arms and events to the byte.</summary>
    [Fact]
    public void Published_arms_and_events_come_out_byte_for_byte()
    {
        const string project = "arm-single-longitudinal";
        TestDesign design = new TestDesign().Form("intake", TestDesign.Text("record_id")).Event("Intake", 1, "intake").Event("Dischage", 1, "intake").Event("Follow up", 1, "intake");
        using var server = new TestServer(design.Build() with { Events = [.. design.Build().Events.Select(e => e with { Id = e.Id - 100 + 12357 })] });
        Assert.Equal(Encoding.UTF8.GetString(SharedProjects.Bytes(project, "arm.csv")), server.Body("content=arm", "format=csv"));
        Assert.Equal(Encoding.UTF8.GetString(SharedProjects.Bytes(project, "event.csv")), server.Body("content=event", "format=csv"));
    }

    [Fact]
    public void An_arm_shows_once_it_has_an_event()
    {
        using var server = new TestServer(Longitudinal().Build());
        Assert.Equal("1", server.Body("content=arm", "action=import", "override=0", "format=json", """data=[{"arm_num":3,"name":"Drug C"}]"""));
        Assert.DoesNotContain("Drug C", server.Body("content=arm", "format=csv"), StringComparison.Ordinal);
        Assert.Equal("1", server.Body("content=event", "action=import", "format=json", """data=[{"event_name":"new_event","arm_num":"3"}]"""));
        Assert.EndsWith("3,\"Drug C\"", server.Body("content=arm", "format=csv"), StringComparison.Ordinal);
        Assert.Contains("new_event_arm_3", server.Body("content=event", "format=csv"), StringComparison.Ordinal);
        Assert.Equal("1", server.Body("content=arm", "action=import", "format=csv", "data=arm_num,name\n1,Drug Alpha"));
        Assert.StartsWith("arm_num,name\n1,\"Drug Alpha\"", server.Body("content=arm", "format=csv"), StringComparison.Ordinal);
        Assert.Equal("1", server.Body("content=arm", "action=delete", "arms[0]=3"));
        Assert.Equal("arm_num,name\n1,\"Drug Alpha\"\n2,\"Arm 2\"", server.Body("content=arm", "format=csv"));
    }

    [Fact]
    public void Override_replaces_arms_and_all_that_hangs_on_them()
    {
        using var server = new TestServer(Longitudinal().Build());
        string events = server.Body("content=event", "format=json"), mappings = server.Body("content=formEventMapping", "format=json");
        server.Import("study_id,redcap_event_name,name\n1,enrolment_arm_1,Ada");
        Assert.Equal("2", server.Body("content=arm", "action=import", "override=1", "format=csv", "data=arm_num,name\n1,Drug A\n2,Drug B"));
        Assert.Equal((400, "ERROR: You cannot export events for classic projects"), server.Call("content=event", "format=csv"));
        Assert.Contains("\"is_longitudinal\":0", server.Body("content=project", "format=json"), StringComparison.Ordinal);

        Assert.Equal("3", server.Body("content=event", "action=import", "override=0", "format=json", "data=" + events));
        Assert.Equal("3", server.Body("content=formEventMapping", "action=import", "format=json", "data=" + mappings));
        Assert.Equal("arm_num,name\n1,\"Drug A\"\n2,\"Drug B\"", server.Body("content=arm", "format=csv"));
        Assert.Equal(mappings, server.Body("content=formEventMapping", "format=json"));
        Assert.Equal("\n", server.Export());
    }

    [Fact]
    public void Deleting_an_event_deletes_its_data_and_what_else_it_has()
    {
        using var server = new TestServer(Longitudinal().Repeats("visit", "visits_arm_1").Build());
        server.Import("study_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,name,score\n1,enrolment_arm_1,,,Ada,\n1,visits_arm_1,visit,1,,7\n2,visits_arm_1,visit,1,,8");
        Assert.Equal("1", server.Body("content=event", "action=delete", "events[0]=visits_arm_1"));
        Assert.Equal("study_id,redcap_event_name\n1,enrolment_arm_1\n", server.Export("fields=study_id"));
        Assert.Equal(
            """[{"arm_num":1,"unique_event_name":"enrolment_arm_1","form":"enrolment"},{"arm_num":2,"unique_event_name":"enrolment_arm_2","form":"enrolment"}]""",
            server.Body("content=formEventMapping", "format=json"));
        Assert.Equal(400, server.Call("content=repeatingFormsEvents", "format=csv").Status);
        Assert.Equal((400, "ERROR: The following values in the parameter \"events\" are not valid: 'visits_arm_1'"),
            server.Call("content=event", "action=delete", "format=csv", "events[0]=enrolment_arm_1", "events[1]=visits_arm_1"));
        Assert.Equal(2, server.Body("content=event", "format=csv").Count(c => c == '\n'));
    }

    [Fact]
    public void Events_are_changed_by_their_unique_names_or_added()
    {
        using var server = new TestServer(Longitudinal().Build());
        Assert.Equal("2", server.Body(
            "content=event", "action=import", "format=csv",
            "data=event_name,arm_num,unique_event_name,custom_event_label\nBaseline,1,enrolment_arm_1,first\nVisits!,1,,"));
        Assert.Equal(
            "event_name,arm_num,unique_event_name,custom_event_label,event_id\n\"Baseline\",1,baseline_arm_1,first,100\n\"Visits!\",1,visits_arm_1,,101\n\"Enrolment\",2,enrolment_arm_2,,102",
            server.Body("content=event", "format=csv"));
        Assert.Equal("2", server.Body("content=event", "action=import", "format=json", """data=[{"event_name":"A name of more than eighteen letters","arm_num":2},{"event_name":"A name of more than enough","arm_num":2}]"""));
        Assert.EndsWith(
            ",102\n\"A name of more than eighteen letters\",2,a_name_of_more_tha_arm_2,,103\n\"A name of more than enough\",2,a_name_of_more_tha_arm_2b,,104",
            server.Body("content=event", "format=csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_is_all_told_and_nothing_is_changed()
    {
        using var server = new TestServer(Longitudinal().Build());
        string before = server.Body("content=event", "format=csv");
        (int status, string body) = server.Call(
            "content=event", "action=import", "override=1", "format=csv", "data=event_name,arm_num,day_offset\n,1,\nNew,9,\nOther,1,soon");
        Assert.Equal(400, status);
        Assert.Equal("ERROR: Item 1: the event_name is missing\nItem 2: there is no arm \"9\"\nItem 3: the day_offset \"soon\" is not a number", body);
        Assert.Equal(before, server.Body("content=event", "format=csv"));
        Assert.Equal(
            (400, """{"error":"The arm_num \"1\" occurs more than once in the data\nItem 1: the arm_num \"0\" is not a whole number from 1\nItem 3: the name of arm 1 is missing"}"""),
            server.Call("content=arm", "action=import", "override=1", "format=json", """data=[{"arm_num":0,"name":"a"},{"arm_num":"1","name":"b"},{"arm_num":1}]"""));
        Assert.Equal(before, server.Body("content=event", "format=csv"));
    }

    [Theory]
    [InlineData("content=arm", "data=arm_num,name\n3,C")]
    [InlineData("content=event", "data=event_name,arm_num\nC,1")]
    [InlineData("content=formEventMapping", "data=arm_num,unique_event_name,form\n1,enrolment_arm_1,visit")]
    public void Structure_is_changed_in_development_by_those_who_may(string content, string data)
    {
        using var server = new TestServer(Longitudinal().Build());
        server.Change(d => d with { Users = [d.Users[0] with { Rights = d.Users[0].Rights with { Values = new Dictionary<string, int>(d.Users[0].Rights.Values) { ["design"] = 0 } } }] });
        Assert.Equal(
            (400, "ERROR: Insufficient user privileges: You must have 'API Import/Update' privileges and 'Project Design/Setup' privileges in the project."),
            server.Call(content, "action=import", "format=csv", data));
        server.Change(d => d with { Users = [new User { Name = "owner", Rights = Rights.Full(["visit"]) }], Settings = d.Settings with { InProduction = true } });
        Assert.Equal((400, "ERROR: This method is available only for projects in Development status"), server.Call(content, "action=import", "format=csv", data));
        server.Change(d => d with { Settings = d.Settings with { InProduction = false } });
        Assert.Equal("1", server.Body(content, "action=import", "format=csv", data));
    }

    [Fact]
    public void Mappings_are_exported_in_order_and_replaced_as_a_whole()
    {
        using var server = new TestServer(Longitudinal().Build());
        Assert.Equal(
            "arm_num,unique_event_name,form\n1,enrolment_arm_1,enrolment\n1,visits_arm_1,visit\n2,enrolment_arm_2,enrolment\n", server.Body("content=formEventMapping", "format=csv", "arms="));
        Assert.Equal("3", server.Body("content=formEventMapping", "format=csv", "data=arm_num,unique_event_name,form\n1,visits_arm_1,visit\n1,visits_arm_1,enrolment\n1,enrolment_arm_1,enrolment\n"));
        Assert.Equal(
            "arm_num,unique_event_name,form\n1,enrolment_arm_1,enrolment\n1,visits_arm_1,enrolment\n1,visits_arm_1,visit\n", server.Body("content=formEventMapping", "format=csv", "arms=1"));
        Assert.Equal(
            (400, "ERROR: Item 1: there is no event \"enrolment_arm_1\" in arm \"2\"\nItem 2: there is no instrument \"lab\""),
            server.Call("content=formEventMapping", "format=csv", "data=arm_num,unique_event_name,form\n2,enrolment_arm_1,enrolment\n1,visits_arm_1,lab"));
    }

    [Fact]
    public void Arms_and_events_of_a_classic_project_show_when_it_becomes_longitudinal()
    {
        using var server = new TestServer(Classic().Build());
        server.Import("record_id,name\n1,Ada");
        Assert.Equal("2", server.Body("content=arm", "action=import", "format=csv", "data=arm_num,name\n1,Arm 1\n2,Arm 2"));
        Assert.Equal("2", server.Body("content=event", "action=import", "format=csv", "data=event_name,arm_num\nevent_1,1\nevent_1,2"));
        Assert.Equal(400, server.Call("content=event", "format=csv").Status);
        Assert.Equal("1", server.Body("content=project_settings", "format=csv", "data=is_longitudinal\n1"));
        Assert.StartsWith(
            "event_name,arm_num,unique_event_name,custom_event_label,event_id\n\"event_1\",1,event_1_arm_1,,100\n\"event_1\",2,event_1_arm_2,,", server.Body("content=event", "format=csv"), StringComparison.Ordinal);
        Assert.StartsWith("record_id,redcap_event_name,name\n1,event_1_arm_1,Ada\n", server.Export("fields=record_id,name"), StringComparison.Ordinal);

        Assert.Equal("2", server.Body("content=arm", "action=delete", "arms[0]=1", "arms[1]=2"));
        Assert.Contains("\"is_longitudinal\":0", server.Body("content=project", "format=json"), StringComparison.Ordinal);
        server.Import("record_id,name\n5,Eve");
        server.Body("content=arm", "action=import", "format=csv", "data=arm_num,name\n1,Arm 1");
        server.Body("content=event", "action=import", "format=csv", "data=event_name\nStart");
        server.Body("content=formEventMapping", "action=import", "format=csv", "data=arm_num,unique_event_name,form\n1,start_arm_1,demographics");
        Assert.Equal("record_id,redcap_event_name,name\n5,start_arm_1,Eve\n", server.Export("fields=record_id,name"));
    }

    [Fact]
    public void Numbers_of_events_are_those_of_the_whole_server()
    {
        using var server = new TestServer(Longitudinal().Build());
        server.Store.Create(Longitudinal().Build() with { Events = [new Event { Id = 500, Name = "Only", Arm = 1, UniqueName = "only_arm_1" }] });
        server.Body("content=event", "action=import", "format=csv", "data=event_name,arm_num\nLast,2");
        Assert.EndsWith(",501", server.Body("content=event", "format=csv"), StringComparison.Ordinal);
    }
}
