using Cairn.RedcapServer.Definitions;
using static Cairn.RedcapServer.Tests.TestDesign;

namespace Cairn.RedcapServer.Tests.Contents;

/// <summary>Data access groups and who is in which.</summary>
public class DagTests
{
    [Fact]
    public void Groups_are_exported_and_without_any_csv_has_its_header()
    {
        using var server = new TestServer(Grouped().Build());
        Assert.Equal("data_access_group_name,unique_group_name,data_access_group_id\nNorth,north,331\n\"South Pole\",south_pole,332\n", server.Body("content=dag", "format=csv"));
        Assert.Equal(
            """[{"data_access_group_name":"North","unique_group_name":"north","data_access_group_id":331},{"data_access_group_name":"South Pole","unique_group_name":"south_pole","data_access_group_id":332}]""",
            server.Body("content=dag", "format=json"));
        using var without = new TestServer(Classic().Build());
        Assert.Equal("data_access_group_name,unique_group_name,data_access_group_id\n", without.Body("content=dag", "format=csv"));
        Assert.Equal("[]", without.Body("content=dag", "format=json"));
        Assert.Equal("<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<dags>\n</dags>", without.Body("content=dag", "format=xml"));
    }

    [Fact]
    public void A_group_is_made_renamed_and_deleted()
    {
        using var server = new TestServer(Grouped().Build());
        Assert.Equal("1", server.Body("content=dag", "action=import", "format=json", "returnFormat=csv", """data=[{"data_access_group_name":"New DAG","unique_group_name":""}]"""));
        Assert.EndsWith("\"New DAG\",new_dag,333\n", server.Body("content=dag", "format=csv"), StringComparison.Ordinal);
        Assert.Equal("1", server.Body("content=dag", "action=import", "format=csv", "data=data_access_group_name,unique_group_name,data_access_group_id\nA different name,new_dag,333"));
        Assert.EndsWith("\"A different name\",a_different_name,333\n", server.Body("content=dag", "format=csv"), StringComparison.Ordinal);
        Assert.Equal("1", server.Body("content=dag", "action=delete", "dags[0]=a_different_name"));
        Assert.DoesNotContain("333", server.Body("content=dag", "format=csv"), StringComparison.Ordinal);
        Assert.Equal(
            (400, "ERROR: Item 1: the data_access_group_name is missing, or longer than 100 characters\nItem 2: there is no data access group \"west\""),
            server.Call("content=dag", "action=import", "format=csv", "data=data_access_group_name,unique_group_name\n,\nWest,west"));
        Assert.Equal((400, "ERROR: The following values in the parameter \"dags\" are not valid: 'west'"), server.Call("content=dag", "action=delete", "format=csv", "dags=north,west"));
        Assert.Equal(3, server.Body("content=dag", "format=csv").Count(c => c == '\n'));
    }

    [Fact]
    public void Records_and_users_are_out_of_a_group_that_is_deleted()
    {
        using var server = new TestServer(Grouped().Build());
        server.Import("record_id,redcap_data_access_group,name\n1,north,Ada\n2,south_pole,Bob");
        server.Body("content=user", "format=csv", "data=username,data_access_group\nann,north");
        Assert.Equal("1", server.Body("content=dag", "action=delete", "dags[0]=north"));
        Assert.Equal("record_id,redcap_data_access_group,name\n1,,Ada\n2,south_pole,Bob\n", server.Export("fields=record_id,name", "exportDataAccessGroups=true"));
        Assert.Equal("username,redcap_data_access_group\nann,\nowner,\n", server.Body("content=userDagMapping", "format=csv"));
    }

    [Fact]
    public void A_new_group_does_not_inherit_the_number_of_a_deleted_one_that_the_log_still_knows()
    {
        using var server = new TestServer(Grouped().Build());
        server.Import("record_id,redcap_data_access_group,name\n2,south_pole,Bob");
        server.Body("content=dag", "action=delete", "dags=south_pole");
        server.Body("content=dag", "action=import", "format=csv", "data=data_access_group_name\nWest");
        Assert.EndsWith("West,west,333\n", server.Body("content=dag", "format=csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void Users_are_assigned()
    {
        using var server = new TestServer(Grouped().Build());
        server.Body("content=user", "format=csv", "data=username\nann");
        Assert.Equal("1", server.Body("content=userDagMapping", "action=import", "format=json", """data=[{"username":"ann","redcap_data_access_group":"north"}]"""));
        Assert.Equal("""[{"username":"ann","redcap_data_access_group":"north"},{"username":"owner","redcap_data_access_group":""}]""", server.Body("content=userDagMapping", "format=json"));
        Assert.Equal("2", server.Body("content=userDagMapping", "action=import", "format=json", "data=" + server.Body("content=userDagMapping", "format=json")));
        Assert.Equal("1", server.Body("content=userDagMapping", "action=import", "format=csv", "data=username\nann"));
        Assert.Equal("username,redcap_data_access_group\nann,\nowner,\n", server.Body("content=userDagMapping", "format=csv"));
    }

    [Fact]
    public void A_user_switches_to_another_of_his_groups()
    {
        using var server = new TestServer(Grouped().Build());
        server.Import("record_id,redcap_data_access_group,name\n1,north,Ada\n2,south_pole,Bob");
        Assert.Equal((400, "ERROR: You may not switch to the Data Access Group 'north'"), server.Call("content=dag", "action=switch", "dag=north", "format=csv"));
        server.Change(d => d with { Users = [d.Users[0] with { Dags = [331, 332] }] });
        Assert.Equal("1", server.Body("content=dag", "action=switch", "dag=north", "returnFormat=csv"));
        Assert.Equal("record_id,name\n1,Ada\n", server.Export("fields=record_id,name"));
        Assert.Equal("1", server.Body("content=dag", "action=switch", "dag=south_pole"));
        Assert.Equal("record_id,name\n2,Bob\n", server.Export("fields=record_id,name"));
        Assert.Equal((400, "ERROR: You may not switch to no Data Access Group"), server.Call("content=dag", "action=switch", "dag=", "format=csv"));
        server.Change(d => d with { Users = [d.Users[0] with { Dags = [331, User.NoDag] }] });
        Assert.Equal("1", server.Body("content=dag", "action=switch", "dag="));
        Assert.Equal("record_id,name\n1,Ada\n2,Bob\n", server.Export("fields=record_id,name"));
        Assert.Equal((400, "ERROR: The following values in the parameter \"dag\" are not valid: 'moon'"), server.Call("content=dag", "action=switch", "dag=moon", "format=csv"));
    }

    [Fact]
    public void Groups_need_their_right()
    {
        using var server = new TestServer(Grouped().Build());
        UserTests.SetRight(server, "data_access_groups", 0);
        const string message = "ERROR: Insufficient user privileges: You must have '{0}' privileges and 'Data Access Groups' privileges in the project.";
        Assert.Equal((400, string.Format(null, message, "API Export")), server.Call("content=dag", "format=csv"));
        Assert.Equal((400, string.Format(null, message, "API Export")), server.Call("content=userDagMapping", "format=csv"));
        Assert.Equal((400, string.Format(null, message, "API Import/Update")), server.Call("content=dag", "action=delete", "format=csv", "dags=north"));
        Assert.Equal((400, string.Format(null, message, "API Import/Update")), server.Call("content=userDagMapping", "action=import", "format=csv", "data=username\nowner"));
    }

    private static TestDesign Grouped()
    {
        TestDesign design = Classic();
        design.Dags.AddRange([new Dag(331, "North", "north"), new Dag(332, "South Pole", "south_pole")]);
        return design;
    }
}
