using static Cairn.RedcapServer.Tests.TestDesign;

namespace Cairn.RedcapServer.Tests.Contents;

/// <summary>What a project tells of itself, and which of it can be changed.</summary>
public class ProjectTests
{
    [Fact]
    public void A_project_is_one_object_with_numbers_for_flags()
    {
        using var server = new TestServer(Classic().Build());
        server.Change(d => d with { Settings = d.Settings with { Created = "2013-11-29 15:58:20", MissingDataCodes = "UNK, Unknown", Purpose = 4 } });
        Assert.Equal(
            """
            {"project_id":1,"project_title":"Test","creation_time":"2013-11-29 15:58:20","production_time":"","in_production":0,"project_language":"English","purpose":4,"purpose_other":"","project_notes":"","custom_record_label":"","secondary_unique_field":"","is_longitudinal":0,"has_repeating_instruments_or_events":0,"surveys_enabled":0,"scheduling_enabled":0,"record_autonumbering_enabled":1,"randomization_enabled":0,"ddp_enabled":0,"project_irb_number":"","project_grant_number":"","project_pi_firstname":"","project_pi_lastname":"","project_pi_email":"","display_today_now_button":1,"missing_data_codes":"UNK, Unknown","external_modules":"","bypass_branching_erase_field_prompt":0}
            """, server.Body("content=project", "format=json"));
        Assert.Equal(
            "project_id,project_title,creation_time,production_time,in_production,project_language,purpose,purpose_other,project_notes,custom_record_label,secondary_unique_field,"
            + "is_longitudinal,has_repeating_instruments_or_events,surveys_enabled,scheduling_enabled,record_autonumbering_enabled,randomization_enabled,ddp_enabled,project_irb_number,"
            + "project_grant_number,project_pi_firstname,project_pi_lastname,project_pi_email,display_today_now_button,missing_data_codes,external_modules,bypass_branching_erase_field_prompt\n"
            + "1,Test,\"2013-11-29 15:58:20\",,0,English,4,,,,,0,0,0,0,1,0,0,,,,,,1,\"UNK, Unknown\",,0\n",
            server.Body("content=project", "format=csv"));
        Assert.StartsWith(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<items>\n<item><project_id><![CDATA[1]]></project_id><project_title><![CDATA[Test]]></project_title>",
            server.Body("content=project"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json", """{"project_irb_number":"IRB-123","project_id":99}""")]
    [InlineData("json", """[{"project_irb_number":"IRB-123"}]""")]
    [InlineData("csv", "project_irb_number,in_production\nIRB-123,1")]
    [InlineData("xml", "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<item><project_irb_number>IRB-123</project_irb_number></item>")]
    [InlineData("xml", "<items><item><project_irb_number><![CDATA[IRB-123]]></project_irb_number></item></items>")]
    public void Settings_come_as_one_object(string format, string data)
    {
        using var server = new TestServer(Classic().Build());
        Assert.Equal("1", server.Body("content=project_settings", "format=" + format, "data=" + data));
        string json = server.Body("content=project", "format=json");
        Assert.Contains("\"project_irb_number\":\"IRB-123\"", json, StringComparison.Ordinal);
        Assert.Contains("\"project_id\":1,", json, StringComparison.Ordinal);
        Assert.Contains("\"in_production\":0,", json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_is_made_of_xml_whose_root_is_the_item()
    {
        string super = new('A', 64);
        using var server = new TestServer(options: new ServerOptions { SuperToken = super });
        string token = server.Body(
            "token=" + super, "content=project", "format=xml",
            "data=<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n    <item>\n    <project_title>PyCap: 1 &amp; 2</project_title>\n    <purpose>0</purpose>\n    </item>");
        Assert.Matches("^[0-9A-F]{32}$", token);
        Assert.Contains("\"project_title\":\"PyCap: 1 & 2\"", server.Body("token=" + token, "content=project", "format=json"), StringComparison.Ordinal);
        Assert.Contains("\"details\":\"Create project\"", server.Body("token=" + token, "content=log", "format=json", "logtype=manage"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_exported_can_be_imported_and_counts_what_can_be_set()
    {
        using var server = new TestServer(Longitudinal().Build());
        string exported = server.Body("content=project", "format=csv");
        Assert.Equal("18", server.Body("content=project_settings", "format=csv", "data=" + exported));
        Assert.Equal(exported, server.Body("content=project", "format=csv"));
        Assert.Equal("2", server.Body("content=project_settings", "format=csv", "data=project_pi_lastname,display_today_now_button\nOther,0"));
        Assert.Equal("2", server.Body("content=project_settings", "format=csv", "data=project_pi_lastname,display_today_now_button\nOther,0"));
    }

    [Fact]
    public void Faults_are_all_told_and_nothing_is_set()
    {
        using var server = new TestServer(Classic().Build());
        Assert.Equal(
            (400, "ERROR: The value \"\" of project_title is not valid\nThe value \"5\" of purpose is not valid\nThe value \"nothing\" of secondary_unique_field is not valid\nThe value \"2\" of surveys_enabled is not valid"),
            server.Call("content=project_settings", "format=csv", "data=project_title,purpose,project_notes,secondary_unique_field,surveys_enabled\n,5,Note,nothing,2"));
        Assert.DoesNotContain("Note", server.Body("content=project", "format=csv"), StringComparison.Ordinal);
        Assert.Equal((400, "ERROR: The data must hold one item, and no more"), server.Call("content=project_settings", "format=csv", "data=project_title\na\nb"));
        Assert.Equal(400, server.Call("content=project_settings", "format=xml", "data=<!DOCTYPE x [<!ENTITY a \"b\">]><item><project_title>&a;</project_title></item>").Status);
        UserTests.SetRight(server, "design", 0);
        Assert.Equal(400, server.Call("content=project_settings", "format=csv", "data=project_title\na").Status);
        Assert.Contains(",Test,", server.Body("content=project", "format=csv"), StringComparison.Ordinal);
    }
}
