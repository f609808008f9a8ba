using Cairn.RedcapServer.Definitions;
using static Cairn.RedcapServer.Tests.TestDesign;

namespace Cairn.RedcapServer.Tests.Contents;

/// <summary>What the log tells, and how it is picked.</summary>
public class LogTests
{
    [Fact]
    public void The_log_tells_what_was_done_newest_first()
    {
        using var server = new TestServer(Logged().Build());
        server.Import("record_id,name\n1,Ada");
        server.Clock.Time = server.Clock.Time.AddMinutes(5);
        server.Body("content=dag", "format=csv");
        server.Body("content=user", "format=csv", "data=username\nann");
        server.Body("content=userDagMapping", "action=import", "format=csv", "data=username,redcap_data_access_group\nann,north");
        Assert.Equal(
            "timestamp,username,action,details,record\n"
            + "\"2024-05-06 07:13\",owner,\"Manage/Design \",\"Import User-DAG assignments (API)\",\n"
            + "\"2024-05-06 07:13\",owner,\"Add user ann\",\"user = 'ann'\",\n"
            + "\"2024-05-06 07:13\",owner,\"Manage/Design \",\"Export DAGs (API)\",\n"
            + "\"2024-05-06 07:08\",owner,\"Create record (API) 1\",\"record_id = '1', name = 'Ada'\",1\n",
            server.Body("content=log", "format=csv"));
        Assert.StartsWith(
            """[{"timestamp":"2024-05-06 07:13","username":"owner","action":"Manage/Design ","details":"Export Logging (API)","record":""},""",
            server.Body("content=log", "format=json"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("logtype=record", 1)]
    [InlineData("logtype=record_add", 1)]
    [InlineData("logtype=record_edit", 0)]
    [InlineData("logtype=export", 1)]
    [InlineData("logtype=manage", 1)]
    [InlineData("logtype=user", 1)]
    [InlineData("logtype=", 4)]
    [InlineData("record=1", 1)]
    [InlineData("record=2", 0)]
    [InlineData("user=OWNER", 4)]
    [InlineData("user=ann", 0)]
    [InlineData("dag=north", 4)]
    [InlineData("dag=7", 4)]
    [InlineData("dag=moon", 3)]
    [InlineData("beginTime=2024-05-06 07:08", 4)]
    [InlineData("beginTime=2024-05-06 07:09", 3)]
    [InlineData("beginTime=2024-05-06 07:08:10", 3)]
    [InlineData("beginTime=2024-05-07", 0)]
    [InlineData("endTime=2024-05-06 07:08", 1)]
    [InlineData("endTime=2024-05-06 07:08:08", 0)]
    [InlineData("endTime=2024-05-06", 4)]
    public void Entries_are_picked(string by, int count)
    {
        using var server = new TestServer(Logged().Build());
        server.Import("record_id,redcap_data_access_group,name\n1,north,Ada");
        server.Clock.Time = server.Clock.Time.AddMinutes(1);
        server.Export();
        server.Body("content=dag", "format=csv");
        server.Body("content=user", "format=csv", "data=username\nann");
        Assert.Equal(count, server.Body("content=log", "format=json", by).Split("\"timestamp\"").Length - 1);
    }

    [Theory]
    [InlineData("logtype=everything", "The value of the parameter \"logtype\" is not valid")]
    [InlineData("beginTime=yesterday", "The value of the parameter \"beginTime\" is not a time in the form YYYY-MM-DD HH:MM: 'yesterday'")]
    public void What_cannot_be_picked_is_told(string by, string message)
    {
        using var server = new TestServer(Logged().Build());
        Assert.Equal((400, "ERROR: " + message), server.Call("content=log", "format=csv", by));
    }

    [Fact]
    public void A_user_of_a_group_sees_what_concerns_it()
    {
        using var server = new TestServer(Logged().Build());
        server.Import("record_id,redcap_data_access_group,name\n1,north,Ada\n2,,Bob");
        server.Change(d => d with { Users = [d.Users[0] with { Dag = 7 }] });
        string log = server.Body("content=log", "format=csv");
        Assert.Contains("Create record (API) 1", log, StringComparison.Ordinal);
        Assert.DoesNotContain("Create record (API) 2", log, StringComparison.Ordinal);
    }

    [Fact]
    public void The_log_needs_its_right()
    {
        using var server = new TestServer(Logged().Build());
        UserTests.SetRight(server, "logging", 0);
        Assert.Equal((400, "ERROR: Insufficient user privileges: You must have 'API Export' privileges and 'Logging' privileges in the project."), server.Call("content=log", "format=csv"));
    }

    private static TestDesign Logged()
    {
        TestDesign design = Classic();
        design.Dags.Add(new Dag(7, "North", "north"));
        return design;
    }
}
