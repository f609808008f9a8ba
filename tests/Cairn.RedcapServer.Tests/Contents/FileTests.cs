using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using static Cairn.RedcapServer.Tests.TestDesign;

namespace Cairn.RedcapServer.Tests.Contents;

/// <summary>Files of upload fields, and of the repository.</summary>
public class FileTests
{
    private static readonly UploadedFile Mugshot = new("mugshot-1.jpg", "image/jpeg", [0xFF, 0xD8, 0, 10, 13]);

    [Fact]
    public void A_file_is_imported_exported_and_deleted()
    {
        using var server = new TestServer(Filed().Build());
        server.Import("record_id,name\n1,Ada");
        server.Upload(Mugshot, "content=file", "action=import", "record=1", "field=mugshot", "event=", "returnFormat=json");
        (int status, string media, byte[] body) = server.Answer(null, "content=file", "action=export", "record=1", "field=mugshot");
        Assert.Equal((200, "image/jpeg; name=\"mugshot-1.jpg\""), (status, media));
        Assert.Equal(Mugshot.Content, body);
        Assert.Equal("record_id,mugshot\n1,mugshot-1.jpg\n", server.Export("fields=record_id,mugshot"));

        server.Upload(Mugshot with { Name = "C:\\photos\\other\n.png", MediaType = "image/png; name=x", Content = [1] }, "content=file", "action=import", "record=1", "field=mugshot");
        Assert.Equal("image/png; name=\"other.png\"", server.Answer(null, "content=file", "action=export", "record=1", "field=mugshot").MediaType);
        Assert.Equal((200, ""), server.Call("content=file", "action=delete", "record=1", "field=mugshot", "returnFormat=csv"));
        Assert.Equal((400, "ERROR: There is no file to download for this record"), server.Call("content=file", "action=export", "record=1", "field=mugshot", "returnFormat=csv"));
        Assert.Equal((400, "ERROR: There is no file to download for this record"), server.Call("content=file", "action=delete", "record=1", "field=mugshot", "returnFormat=csv"));
        Assert.Equal("record_id,mugshot\n1,\n", server.Export("fields=record_id,mugshot"));
        Assert.Equal(4, server.Body("content=log", "format=csv", "logtype=record").Split("record (API) 1").Length - 1);
    }

    [Theory]
    [InlineData("record=1", "field=mugshotttttt", "The field 'mugshotttttt' does not exist or is not a 'file' field")]
    [InlineData("record=1", "field=name", "The field 'name' does not exist or is not a 'file' field")]
    [InlineData("record=-1", "field=mugshot", "The record \"-1\" does not exist")]
    [InlineData("record=1", "field=mugshot", "There is no file to download for this record")]
    [InlineData("record=", "field=mugshot", "The parameter \"record\" is missing")]
    public void What_has_no_file_is_told(string record, string field, string message)
    {
        using var server = new TestServer(Filed().Build());
        server.Import("record_id,name\n1,Ada");
        Assert.Equal((400, "ERROR: " + message), server.Call("content=file", "action=export", "returnFormat=csv", record, field));
    }

    [Fact]
    public void A_file_is_not_imported_where_it_cannot_be()
    {
        using var server = new TestServer(Filed().Build());
        server.Import("record_id,name\n1,Ada");
        Assert.Equal((400, "ERROR: No file was sent"), server.Call("content=file", "action=import", "returnFormat=csv", "record=1", "field=mugshot"));
        Assert.Equal(400, server.Answer(Mugshot, "content=file", "action=import", "record=1", "field=sign").Status);
        Assert.Equal(400, server.Answer(Mugshot, "content=file", "action=import", "record=2", "field=mugshot").Status);
        UserTests.SetRight(server, "api_import", 0);
        Assert.Equal(403, server.Answer(Mugshot, "content=file", "action=import", "record=1", "field=mugshot").Status);
        Assert.Equal("record_id,mugshot,sign\n1,,\n", server.Export("fields=record_id,mugshot,sign"));
    }

    [Fact]
    public void A_file_of_another_group_or_beyond_the_users_rights_is_not_exported()
    {
        TestDesign design = Filed();
        design.Dags.Add(new Dag(7, "North", "north"));
        using var server = new TestServer(design.Build());
        server.Import("record_id,redcap_data_access_group,name\n1,,Ada");
        server.Upload(Mugshot, "content=file", "action=import", "record=1", "field=mugshot");
        server.Change(d => d with { Users = [d.Users[0] with { Dag = 7 }] });
        Assert.Equal((400, "ERROR: The record \"1\" does not exist"), server.Call("content=file", "action=export", "returnFormat=csv", "record=1", "field=mugshot"));
        server.Change(d => d with { Users = [d.Users[0] with { Dag = null, Rights = d.Users[0].Rights with { FormsExport = new Dictionary<string, int> { ["a"] = 3 } } }] });
        Assert.Equal(200, server.Call("content=file", "action=export", "record=1", "field=mugshot").Status);
        server.Change(d => d with { Users = [d.Users[0] with { Rights = d.Users[0].Rights with { FormsExport = new Dictionary<string, int> { ["a"] = 2 } } }] });
        Assert.Equal((403, "ERROR: Your Data Export rights do not let the file be exported"), server.Call("content=file", "action=export", "returnFormat=csv", "record=1", "field=mugshot"));
    }

    [Fact]
    public void Instances_and_events_have_files_of_their_own()
    {
        TestDesign design = new TestDesign().Form("a", TestDesign.Text("record_id")).Form("b", TestDesign.File("doc")).Event("One", 1, "a", "b").Event("Two", 1, "a").Repeats("b", "one_arm_1");
        using var server = new TestServer(design.Build());
        server.Import("record_id,redcap_event_name,a_complete\n1,one_arm_1,0");
        string[] place = ["content=file", "record=1", "field=doc", "returnFormat=csv"];
        server.Upload(Mugshot, [.. place, "action=import", "event=one_arm_1"]);
        server.Upload(Mugshot with { Name = "second.jpg" }, [.. place, "action=import", "event=one_arm_1", "repeat_instance=new"]);
        server.Upload(Mugshot with { Name = "fourth.jpg" }, [.. place, "action=import", "event=one_arm_1", "repeat_instance=4"]);
        Assert.Equal(
            "record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,doc\n1,one_arm_1,,,\n1,one_arm_1,b,1,mugshot-1.jpg\n1,one_arm_1,b,2,second.jpg\n1,one_arm_1,b,4,fourth.jpg\n",
            server.Export("fields=record_id,doc"));
        Assert.Equal("image/jpeg; name=\"second.jpg\"", server.Answer(null, [.. place, "action=export", "event=one_arm_1", "repeat_instance=2"]).MediaType);
        Assert.Equal((400, "ERROR: The parameter \"event\" is missing"), server.Call([.. place, "action=export"]));
        Assert.Equal((400, "ERROR: The following values in the parameter \"event\" are not valid: 'three_arm_1'"), server.Call([.. place, "action=export", "event=three_arm_1"]));
        Assert.Equal((400, "ERROR: The instrument 'b' is not designated for the event 'two_arm_1'"), server.Call([.. place, "action=export", "event=two_arm_1"]));
        Assert.Equal((400, "ERROR: The value of the parameter \"repeat_instance\" is not valid"), server.Call([.. place, "action=export", "event=one_arm_1", "repeat_instance=0"]));

        server.Body("content=event", "action=delete", "events=one_arm_1");
        Assert.Equal("\n", server.Export());
    }

    [Fact]
    public void The_repository_has_folders_and_files()
    {
        using var server = new TestServer(Filed().Build());
        Assert.Equal("\n", server.Body("content=fileRepository", "action=list", "format=csv"));
        Assert.Equal("""[{"folder_id":1}]""", server.Body("content=fileRepository", "action=createFolder", "name=the-state", "format=json", "returnFormat=json"));
        Assert.Equal("folder_id\n2\n", server.Body("content=fileRepository", "action=createFolder", "name=sub folder", "folder_id=1", "format=csv"));
        server.Upload(Mugshot, "content=fileRepository", "action=import");
        server.Upload(Mugshot with { Name = "test.txt", MediaType = "text/plain" }, "content=fileRepository", "action=import", "folder_id=2");
        Assert.Equal("folder_id,doc_id,name\n1,,the-state\n,1,mugshot-1.jpg\n", server.Body("content=fileRepository", "action=list", "format=csv", "folder_id="));
        Assert.Equal("""[{"folder_id":1,"name":"the-state"},{"doc_id":1,"name":"mugshot-1.jpg"}]""", server.Body("content=fileRepository", "action=list", "format=json"));
        Assert.Equal(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<items>\n<item><folder_id><![CDATA[2]]></folder_id><doc_id></doc_id><name><![CDATA[sub folder]]></name></item>\n</items>",
            server.Body("content=fileRepository", "action=list", "folder_id=1"));
        (int status, string media, byte[] body) = server.Answer(null, "content=fileRepository", "action=export", "doc_id=2");
        Assert.Equal((200, "text/plain; name=\"test.txt\";charset=UTF-8"), (status, media));
        Assert.Equal(Mugshot.Content, body);
        Assert.Equal((200, ""), server.Call("content=fileRepository", "action=delete", "doc_id=2", "returnFormat=json"));
        Assert.Equal("[]", server.Body("content=fileRepository", "action=list", "format=json", "folder_id=2"));
        Assert.Equal((400, "ERROR: The file doc_id=2 does not exist in the File Repository, or you do not have permission to its folder"),
            server.Call("content=fileRepository", "action=export", "doc_id=2", "returnFormat=csv"));
        Assert.Equal(
            (400, "ERROR: The File Repository folder folder_id=99 does not exist or else you do not have permission to that folder because it is DAG-restricted or Role-restricted."),
            server.Call("content=fileRepository", "action=list", "format=csv", "folder_id=99"));
    }

    [Fact]
    public void A_records_file_is_not_one_of_the_repository()
    {
        using var server = new TestServer(Filed().Build());
        server.Import("record_id,name\n1,Ada");
        server.Upload(Mugshot, "content=file", "action=import", "record=1", "field=mugshot");
        Assert.Equal(400, server.Call("content=fileRepository", "action=export", "doc_id=1").Status);
        Assert.Equal(400, server.Call("content=fileRepository", "action=delete", "doc_id=1").Status);
        Assert.Equal("[]", server.Body("content=fileRepository", "action=list", "format=json"));
        Assert.Equal(200, server.Call("content=file", "action=export", "record=1", "field=mugshot").Status);
    }

    [Fact]
    public void A_folder_can_be_for_a_group_or_a_role_only()
    {
        TestDesign design = Filed();
        design.Dags.AddRange([new Dag(7, "North", "north"), new Dag(8, "South", "south")]);
        using var server = new TestServer(design.Build() with { Roles = [new Role("U-1", "Reader", Rights.Full(["a"]))] }, new ServerOptions { Version = "16.0.1" });
        server.Body("content=fileRepository", "action=createFolder", "name=of north", "dag_id=7", "format=csv");
        server.Body("content=fileRepository", "action=createFolder", "name=for all", "format=csv");
        Assert.Equal("folder_id,doc_id,name,role,dag\n1,,\"of north\",,north\n2,,\"for all\",,\n", server.Body("content=fileRepository", "action=list", "format=csv"));
        server.Change(d => d with { Users = [d.Users[0] with { Dag = 8 }] });
        Assert.Equal("folder_id,doc_id,name,role,dag\n2,,\"for all\",,\n", server.Body("content=fileRepository", "action=list", "format=csv"));
        Assert.Equal(400, server.Call("content=fileRepository", "action=list", "format=csv", "folder_id=1").Status);
        server.Body("content=fileRepository", "action=createFolder", "name=of readers", "role_id=U-1", "format=csv");
        Assert.DoesNotContain("readers", server.Body("content=fileRepository", "action=list", "format=csv"), StringComparison.Ordinal);
        server.Change(d => d with { Users = [d.Users[0] with { Role = "U-1" }] });
        Assert.Contains("3,,\"of readers\",U-1,\n", server.Body("content=fileRepository", "action=list", "format=csv"), StringComparison.Ordinal);
        Assert.Equal((400, "ERROR: The following values in the parameter \"dag_id\" are not valid: '9'"),
            server.Call("content=fileRepository", "action=createFolder", "name=x", "dag_id=9", "format=csv"));
        Assert.Equal((400, "ERROR: The following values in the parameter \"role_id\" are not valid: 'U-9'"),
            server.Call("content=fileRepository", "action=createFolder", "name=x", "role_id=U-9", "format=csv"));
    }

    [Theory]
    [InlineData("list", "API Export")]
    [InlineData("createFolder", "API Import/Update")]
    public void The_repository_needs_its_right(string action, string right)
    {
        using var server = new TestServer(Filed().Build());
        UserTests.SetRight(server, "file_repository", 0);
        Assert.Equal((400, $"ERROR: Insufficient user privileges: You must have '{right}' privileges and 'File Repository' privileges in the project."),
            server.Call("content=fileRepository", "action=" + action, "name=x", "format=csv"));
    }

    private static TestDesign Filed() => new TestDesign()
        .Form("a", TestDesign.Text("record_id"), TestDesign.Text("name"), TestDesign.File("mugshot"), TestDesign.File("sign") with { Validation = "signature" });
}
