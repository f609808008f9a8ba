using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Records;
using Cairn.RedcapServer.Storage;

namespace Cairn.RedcapServer.Tests.Contents;

/// <summary>Long walks of random changes of a project: whatever was changed before, the definition holds together, everything can be exported, and what is refused changes nothing.</summary>
public class StructureWalkTests
{
    private static readonly int Steps = Environment.GetEnvironmentVariable("CAIRN_LONG") == "1" ? 5_000 : 150;

    private static readonly string[] Exports =
    [
        "arm", "event", "formEventMapping", "repeatingFormsEvents", "user", "userRole", "userRoleMapping", "dag", "userDagMapping", "log", "metadata", "project", "instrument", "exportFieldNames", "record",
        "project_xml", "pdf", "report",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_definition_holds_together(int seed)
    {
        var random = new Random(seed);
        TestDesign start = random.Next(2) == 0 ? TestDesign.Classic() : TestDesign.Longitudinal();
        using var server = new TestServer(start.Build() with { Reports = [new Report { Id = 1, Title = "All", Fields = ["record_id", "score"] }] });
        int changed = 0;
        for (int step = 0; step < Steps; step++)
        {
            string[] call = Change(random);
            long before = Version(server);
            (int status, string body) = server.Call([.. call, "returnFormat=csv"]);
            string told = $"seed {seed}, step {step}: {string.Join(' ', call)} -> {status} {body}";
            Assert.True(status is 200 or 400, told);
            Assert.True(status == 200 || Version(server) == before, told);
            changed += status == 200 ? 1 : 0;
            Check(server, told);
            string content = Exports[random.Next(Exports.Length)];
            (int exported, string text) = server.Call("content=" + content, "format=" + Any(random, "csv", "json", "xml"), "report_id=1", "allRecords=1");
            Assert.True(exported is 200 or 400, $"{told}; then {content}: {exported} {text}");
        }

        Assert.InRange(changed, Steps / 4, Steps);
    }

    private static string[] Change(Random random)
    {
        string events = Any(random, "enrolment_arm_1", "visits_arm_1", "enrolment_arm_2", "start_arm_1", "start_arm_2", "start_arm_1b"), form = Any(random, "enrolment", "visit", "demographics", "extra");
        string arm = Any(random, "1", "2", "3"), name = Any(random, "Start", "Visits", "Enrolment");
        return random.Next(16) switch
        {
            0 => ["content=arm", "action=import", "format=csv", $"data=arm_num,name\n{arm},Arm {arm}\n{(random.Next(2) == 0 ? "" : "4,Four")}", .. Override(random)],
            1 => ["content=arm", "action=delete", "arms=" + arm],
            2 or 3 => ["content=event", "action=import", "format=csv", $"data=event_name,arm_num,unique_event_name,day_offset\n{name},{arm},{Any(random, "", events)},{Any(random, "", "-5", "99")}", .. Override(random)],
            4 => ["content=event", "action=delete", "events=" + events],
            5 => ["content=formEventMapping", "format=csv", $"data=arm_num,unique_event_name,form\n,{events},{form}\n,{Any(random, "enrolment_arm_1", "start_arm_1")},visit"],
            6 or 7 => ["content=repeatingFormsEvents", "format=csv", $"data=event_name,form_name\n{events},{Any(random, "", form)}"],
            8 => ["content=repeatingFormsEvents", "format=json", "data=[]"],
            9 => ["content=project_settings", "format=csv", "data=is_longitudinal\n" + random.Next(2)],
            10 => ["content=metadata", "format=csv", "data=field_name,form_name,field_type,field_label\nrecord_id,first,text,Id\n" + Any(random, "age,first,text,Age", "score,visit,text,Score", "name,enrolment,text,Name\nscore,visit,text,Score")],
            11 => ["content=dag", "action=import", "format=csv", $"data=data_access_group_name,unique_group_name\n{Any(random, "North", "South")},{Any(random, "", "north")}"],
            12 => ["content=dag", "action=delete", "dags=" + Any(random, "north", "south", "northa", "southa")],
            13 => ["content=userDagMapping", "action=import", "format=csv", $"data=username,redcap_data_access_group\nann,{Any(random, "north", "south", "")}"],
            14 => ["content=user", "format=csv", $"data=username,data_access_group\nann,{Any(random, "north", "")}"],
            _ => ["content=record", "format=csv", "data=" + Any(
                random,
                "record_id,score\n1,7",
                $"record_id,redcap_event_name,score\n{arm},{events},7",
                $"study_id,redcap_event_name,score\n{arm},{events},7",
                $"record_id,redcap_repeat_instrument,redcap_repeat_instance,score\n{arm},visit,{random.Next(1, 4)},8",
                $"record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,score\n{arm},{events},{Any(random, "", "visit")},{random.Next(1, 4)},8")],
        };
    }

    private static string[] Override(Random random) => random.Next(6) == 0 ? ["override=1"] : [];

    private static string Any(Random random, params string[] of) => of[random.Next(of.Length)];

    private static long Version(TestServer server)
    {
        using ProjectSession session = server.Store.Read(server.Project, "owner");
        return session.Project.Version;
    }

    private static void Check(TestServer server, string told)
    {
        using ProjectSession session = server.Store.Read(server.Project, "owner");
        Project project = session.Project;
        Design design = project.Design;
        HashSet<int> events = [.. design.Events.Select(e => e.Id)], dags = [.. design.Dags.Select(d => d.Id)], arms = [.. design.Arms.Select(a => a.Number)];
        HashSet<int> known = events.Count > 0 ? events : [Project.NoEvent.Id];
        HashSet<string> forms = [.. design.Forms.Select(f => f.Name)];
        Assert.True(events.Count == design.Events.Count && design.Events.DistinctBy(e => e.UniqueName).Count() == events.Count, told);
        Assert.True(design.Events.All(e => arms.Contains(e.Arm)), told);
        Assert.True(design.FormEvents.All(m => events.Contains(m.EventId) && forms.Contains(m.Form)), told);
        Assert.True(design.Repeats.All(r => events.Contains(r.EventId) && (r.Form is null || forms.Contains(r.Form))), told);
        Assert.True(design.Dags.DistinctBy(d => d.UniqueName).Count() == dags.Count, told);
        Assert.True(design.Users.All(u => u.Dag is not { } dag || dags.Contains(dag)), told);
        foreach (RecordData record in session.Records())
        {
            Assert.True(record.Rows.All(r => known.Contains(r.Key.EventId)), told);
            Assert.True(record.Dag is not { } of || dags.Contains(of), told);
        }
    }
}
