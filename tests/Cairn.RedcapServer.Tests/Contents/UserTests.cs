using Cairn.RedcapServer.Definitions;
using static Cairn.RedcapServer.Tests.TestDesign;

namespace Cairn.RedcapServer.Tests.Contents;

/// <summary>Users, roles and who has which.</summary>
public class UserTests
{
    private const string NoRight = "Insufficient user privileges: You must have '{0}' privileges and 'User Rights' privileges in the project.";

    [Fact]
    public void Users_are_exported_by_name_with_numbers_for_rights()
    {
        using var server = new TestServer(Small().Build());
        server.Body("content=user", "format=csv", "data=username,email,firstname,design,forms,forms_export\nann,ann@example.org,Ann,1,\"a:2,b:0\",\"a:1,b:3\"");
        Assert.Equal(
            "username,email,firstname,lastname,expiration,data_access_group,data_access_group_id,data_access_group_label,design,alerts,user_rights,data_access_groups,reports,"
            + "stats_and_charts,manage_survey_participants,calendar,data_import_tool,data_comparison_tool,logging,email_logging,file_repository,data_quality_create,data_quality_execute,"
            + "api_export,api_import,api_modules,mobile_app,mobile_app_download_data,record_create,record_rename,record_delete,lock_records_all_forms,lock_records,"
            + "lock_records_customization,mycap_participants,random_setup,random_dashboard,random_perform,forms,forms_export\n"
            + "ann,ann@example.org,Ann,,,,,,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,\"a:2,b:0\",\"a:1,b:3\"\n"
            + "owner,,,,,,,,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,\"a:1,b:1\",\"a:1,b:1\"\n",
            server.Body("content=user", "format=csv"));
        string json = server.Body("content=user", "format=json");
        Assert.StartsWith(
            """[{"username":"ann","email":"ann@example.org","firstname":"Ann","lastname":"","expiration":"","data_access_group":"","data_access_group_id":"","data_access_group_label":"","design":1,"alerts":0,""",
            json, StringComparison.Ordinal);
        Assert.Contains(""","random_perform":0,"forms":{"a":2,"b":0},"forms_export":{"a":1,"b":3}},{"username":"owner",""", json, StringComparison.Ordinal);
        string xml = server.Body("content=user");
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<users>\n<item><username><![CDATA[ann]]></username>", xml, StringComparison.Ordinal);
        Assert.EndsWith("<forms><a>1</a><b>1</b></forms><forms_export><a>1</a><b>1</b></forms_export></item>\n</users>", xml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("xml")]
    public void What_is_exported_can_be_imported(string format)
    {
        using var server = new TestServer(Small().Build());
        server.Body("content=user", "format=csv", "data=username,expiration,data_access_group,forms\nann,2030-01-31,north,\"a:2,b:3\"\nbob,,,");
        string exported = server.Body("content=user", "format=" + format);
        Assert.Equal("3", server.Body("content=user", "format=" + format, "data=" + exported));
        Assert.Equal(exported, server.Body("content=user", "format=" + format));
    }

    [Fact]
    public void A_user_needs_no_more_than_a_name_and_goes_again()
    {
        using var server = new TestServer(Small().Build());
        Assert.Equal("1", server.Body("content=user", "format=json", "returnFormat=csv", """data=[{"username":"pat@example.org"}]"""));
        Assert.Contains("pat@example.org,,,,,,,,0,0,", server.Body("content=user", "format=csv"), StringComparison.Ordinal);
        string token = server.Store.IssueToken(server.Project, "pat@example.org");
        Assert.Equal("1", server.Body("content=user", "action=delete", "users[0]=pat@example.org", "returnFormat=xml"));
        Assert.DoesNotContain("pat@", server.Body("content=user", "format=csv"), StringComparison.Ordinal);
        server.Body("content=user", "format=json", """data=[{"username":"pat@example.org","api_export":1}]""");
        Assert.Equal((403, "ERROR: You do not have permissions to use the API"), server.Call("content=instrument", "format=csv", "token=" + token));
        Assert.Equal(
            (400, "ERROR: The following values in the parameter \"users\" are not valid: 'nobody'"), server.Call("content=user", "action=delete", "format=csv", "users=pat@example.org,nobody"));
        Assert.Contains("pat@", server.Body("content=user", "format=csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void Import_changes_what_it_names_and_takes_the_user_out_of_his_group()
    {
        using var server = new TestServer(Small().Build());
        server.Body("content=user", "format=csv", "data=username,design,reports,data_access_group,forms,forms_export\nann,1,1,north,\"a:1,b:1\",\"a:1,b:1\"");
        Assert.Contains("ann,,,,,north,7,\"North side\",1,0,", server.Body("content=user", "format=csv"), StringComparison.Ordinal);
        server.Body("content=user", "format=json", """data=[{"username":"ann","alerts":1,"design":0}]""");
        Assert.Contains("ann,,,,,,,,0,1,0,0,1,", server.Body("content=user", "format=csv"), StringComparison.Ordinal);
        Assert.Contains(",\"a:1,b:1\",\"a:1,b:1\"\nowner", server.Body("content=user", "format=csv"), StringComparison.Ordinal);
        server.Body("content=user", "format=csv", "data=username,forms,forms_export\nann,a:3,");
        Assert.Contains(",\"a:3,b:0\",\"a:0,b:0\"\nowner", server.Body("content=user", "format=csv"), StringComparison.Ordinal);
        server.Body("content=user", "format=json", """data=[{"username":"ann","data_export":2}]""");
        Assert.Contains(",\"a:3,b:0\",\"a:2,b:2\"\nowner", server.Body("content=user", "format=csv"), StringComparison.Ordinal);
        server.Body("content=user", "format=json", """data=[{"username":"ann","forms":{"a":"154","b":128}}]""");
        Assert.Contains(",\"a:154,b:128\",", server.Body("content=user", "format=csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_told_and_nobody_is_imported()
    {
        using var server = new TestServer(Small().Build());
        string before = server.Body("content=user", "format=csv");
        (int status, string body) = server.Call("content=user", "format=json", """
            data=[{"username":"new"},{"username":""},{"username":"x","expiration":"31/12/2030"},{"username":"y","data_access_group":"south"},
            {"username":"z","design":"2"},{"username":"v","forms":{"a":4,"c":1}},{"username":"w","forms":"a"},{"username":"NEW"}]
            """);
        Assert.Equal(400, status);
        Assert.Equal(
            """
            {"error":"The username \"new\" occurs more than once in the data\nItem 2: the username is missing or not valid\nItem 3: the expiration \"31/12/2030\" is not a date in the form YYYY-MM-DD\nItem 4: there is no data access group \"south\"\nItem 5: the value \"2\" of design is not valid\nItem 6: the value \"a:4\" of forms is not valid\nItem 6: the value \"c:1\" of forms is not valid\nItem 7: the value \"a\" of forms is not a list of instruments with a number each"}
            """, body);
        Assert.Equal(before, server.Body("content=user", "format=csv"));
    }

    [Theory]
    [InlineData("content=user")]
    [InlineData("content=userRole")]
    [InlineData("content=userRoleMapping")]
    public void Users_are_looked_at_and_changed_by_those_who_may(string content)
    {
        using var server = new TestServer(Small().Build());
        SetRight(server, "user_rights", 0);
        Assert.Equal((400, "ERROR: " + string.Format(null, NoRight, "API Export")), server.Call(content, "format=csv"));
        SetRight(server, "user_rights", 2);
        Assert.Equal(200, server.Call(content, "format=csv").Status);
        Assert.Equal((400, "ERROR: " + string.Format(null, NoRight, "API Import/Update")), server.Call(content, "format=csv", "data=username\nann"));
        SetRight(server, "api_import", 0);
        Assert.Equal((403, "ERROR: You do not have API Import/Update privileges"), server.Call(content, "format=csv", "data=username\nann"));
        SetRight(server, "api_export", 0);
        Assert.Equal((403, "ERROR: You do not have API Export privileges"), server.Call(content, "format=csv"));
    }

    [Fact]
    public void Roles_are_made_changed_and_deleted()
    {
        using var server = new TestServer(Small().Build());
        Assert.Equal("[]", server.Body("content=userRole", "format=json"));
        Assert.Equal("1", server.Body("content=userRole", "format=json", """data=[{"role_label":"New Role","user_rights":1,"forms":{"a":2}}]"""));
        string name = Role(server);
        Assert.Matches("^U-[0-9A-Z]{10}$", name);
        Assert.Equal(
            $$$"""
            [{"unique_role_name":"{{{name}}}","role_label":"New Role","design":"0","alerts":"0","user_rights":"1","data_access_groups":"0","reports":"0","stats_and_charts":"0","manage_survey_participants":"0","calendar":"0","data_import_tool":"0","data_comparison_tool":"0","logging":"0","email_logging":"0","file_repository":"0","data_quality_create":"0","data_quality_execute":"0","api_export":"0","api_import":"0","api_modules":"0","mobile_app":"0","mobile_app_download_data":"0","record_create":"0","record_rename":"0","record_delete":"0","lock_records_customization":"0","lock_records":"0","lock_records_all_forms":"0","mycap_participants":"0","random_setup":"0","random_dashboard":"0","random_perform":"0","forms":{"a":2,"b":0},"forms_export":{"a":0,"b":0}}]
            """,
            server.Body("content=userRole", "format=json"));
        Assert.Equal("1", server.Body("content=userRole", "format=csv", $"data=unique_role_name,role_label,design,lock_records\n{name},,1,2"));
        Assert.Contains("""
            "role_label":"New Role","design":"1"
            """, server.Body("content=userRole", "format=json"), StringComparison.Ordinal);
        Assert.Equal("1", server.Body("content=userRole", "format=json", "data=" + server.Body("content=userRole", "format=json")));
        Assert.Equal("1", server.Body("content=userRole", "action=delete", "roles[0]=" + name));
        Assert.Equal("\n", server.Body("content=userRole", "format=csv"));
        Assert.Equal((400, "ERROR: Item 1: the role_label is missing, or longer than 150 characters"), server.Call("content=userRole", "format=csv", "data=design\n1"));
        Assert.Equal(400, server.Call("content=userRole", "action=delete", "roles[0]=" + name).Status);
    }

    [Fact]
    public void Who_has_a_role_has_its_rights_until_it_is_taken_away()
    {
        using var server = new TestServer(Small().Build());
        server.Body("content=user", "format=csv", "data=username,design\nann,1");
        server.Body("content=userRole", "format=csv", "data=role_label,reports\nReader,1");
        string role = Role(server);
        Assert.Equal("username,unique_role_name,data_access_group\nann,,\nowner,,\n", server.Body("content=userRoleMapping", "format=csv"));
        Assert.Equal("1", server.Body("content=userRoleMapping", "action=import", "format=json", $$"""data=[{"username":"ann","unique_role_name":"{{role}}","data_access_group":"north"}]"""));
        Assert.Equal($$"""[{"username":"ann","unique_role_name":"{{role}}","data_access_group":"north"},{"username":"owner","unique_role_name":"","data_access_group":""}]""",
            server.Body("content=userRoleMapping", "format=json"));
        Assert.Contains("ann,,,,,north,7,\"North side\",0,0,0,0,1,", server.Body("content=user", "format=csv"), StringComparison.Ordinal);
        Assert.Equal(
            (400, "ERROR: The user \"ann\" cannot have their user privileges modified because the user belongs to a user role. Users in roles cannot have their privileges modified via the 'Import User' API method."),
            server.Call("content=user", "format=csv", "data=username,design\nann,0"));
        Assert.Equal("1", server.Body("content=userRole", "action=delete", "roles=" + role));
        Assert.Equal("username,unique_role_name,data_access_group\nann,,north\nowner,,\n", server.Body("content=userRoleMapping", "format=csv"));
        Assert.Contains("ann,,,,,north,7,\"North side\",1,0,0,0,0,", server.Body("content=user", "format=csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void Assignments_with_a_fault_change_nothing()
    {
        using var server = new TestServer(Small().Build());
        server.Body("content=user", "format=csv", "data=username\nann");
        Assert.Equal(
            (400, "ERROR: The username \"ann\" occurs more than once in the data\nItem 2: there is no data access group \"east\"\nItem 3: there is no user \"zoe\" in the project"),
            server.Call("content=userDagMapping", "action=import", "format=csv", "data=username,redcap_data_access_group\nann,north\nann,east\nzoe,north"));
        Assert.Equal("username,redcap_data_access_group\nann,\nowner,\n", server.Body("content=userDagMapping", "format=csv"));
        Assert.Equal((400, "ERROR: Item 1: there is no user role \"U-1\""), server.Call("content=userRoleMapping", "action=import", "format=csv", "data=username,unique_role_name\nann,U-1"));
    }

    /// <summary>Forms "a" and "b", and a group.</summary>
    private static TestDesign Small()
    {
        TestDesign design = new TestDesign().Form("a", TestDesign.Text("record_id")).Form("b", TestDesign.Text("t"));
        design.Dags.Add(new Dag(7, "North side", "north"));
        return design;
    }

    private static string Role(TestServer server) => server.Body("content=userRole", "format=csv").Split('\n')[1].Split(',')[0];

    internal static void SetRight(TestServer server, string right, int value) => server.Change(d => d with
    {
        Users = [.. d.Users.Select(u => u.Name == "owner" ? u with { Rights = u.Rights with { Values = new Dictionary<string, int>(u.Rights.Values) { [right] = value } } } : u)],
    });
}
