using static Cairn.RedcapServer.Tests.TestDesign;

namespace Cairn.RedcapServer.Tests.Contents;

/// <summary>Repeating instruments and events, and where the data are when it changes what repeats.</summary>
public class RepeatTests
{
    [Fact]
    public void A_classic_project_gives_forms_and_labels_without_needless_quotes()
    {
        using var server = new TestServer(Repeating().Build());
        Assert.Equal("1", server.Body("content=repeatingFormsEvents", "format=csv", "data=form_name,custom_form_label\nlab,[test] [value]\n"));
        Assert.Equal("form_name,custom_form_label\nlab,[test] [value]\n", server.Body("content=repeatingFormsEvents", "format=csv"));
        Assert.Equal("""[{"form_name":"lab","custom_form_label":"[test] [value]"}]""", server.Body("content=repeatingFormsEvents", "format=json"));
    }

    [Fact]
    public void What_is_exported_can_be_imported_in_every_format()
    {
        using var server = new TestServer(Longitudinal().Repeats("visit", "visits_arm_1").Repeats(null, "enrolment_arm_1").Build());
        Assert.Equal("event_name,form_name,custom_form_label\nenrolment_arm_1,,\nvisits_arm_1,visit,\n", server.Body("content=repeatingFormsEvents", "format=csv"));
        foreach (string format in (string[])["csv", "json", "xml"])
        {
            string exported = server.Body("content=repeatingFormsEvents", "format=" + format);
            Assert.Equal("2", server.Body("content=repeatingFormsEvents", "format=" + format, "data=" + exported));
            Assert.Equal(exported, server.Body("content=repeatingFormsEvents", "format=" + format));
        }

        Assert.Equal(
            """[{"event_name":"enrolment_arm_1","form_name":"","custom_form_label":""},{"event_name":"visits_arm_1","form_name":"visit","custom_form_label":""}]""",
            server.Body("content=repeatingFormsEvents", "format=json"));
    }

    [Theory]
    [InlineData("event_name,form_name\nnowhere,visit", "Item 1: there is no event \"nowhere\"")]
    [InlineData("event_name,form_name\nvisits_arm_1,lab", "Item 1: there is no instrument \"lab\"")]
    [InlineData("event_name,form_name\nvisits_arm_1,enrolment", "Item 1: the instrument \"enrolment\" is not designated for the event \"visits_arm_1\"")]
    [InlineData("event_name,form_name\nvisits_arm_1,visit\nvisits_arm_1,", "The event \"visits_arm_1\" can repeat as a whole, or each of its instruments once, but not both")]
    public void What_cannot_repeat_is_told(string data, string message)
    {
        using var server = new TestServer(Longitudinal().Repeats("visit", "visits_arm_1").Build());
        Assert.Equal((400, "ERROR: " + message), server.Call("content=repeatingFormsEvents", "format=csv", "data=" + data));
        Assert.Equal("event_name,form_name,custom_form_label\nvisits_arm_1,visit,\n", server.Body("content=repeatingFormsEvents", "format=csv"));
    }

    [Fact]
    public void Data_stay_in_sight_when_an_instrument_begins_or_ceases_to_repeat()
    {
        using var server = new TestServer(Classic().Build());
        server.Import("record_id,name,score\n1,Ada,7");
        server.Body("content=repeatingFormsEvents", "format=csv", "data=form_name\nvisit");
        Assert.Equal(
            "record_id,redcap_repeat_instrument,redcap_repeat_instance,name,score\n1,,,Ada,\n1,visit,1,,7\n", server.Export("fields=record_id,name,score"));
        server.Import("record_id,redcap_repeat_instrument,redcap_repeat_instance,score\n1,visit,2,9");
        server.Body("content=repeatingFormsEvents", "format=json", "data=[]");
        Assert.Equal("record_id,name,score\n1,Ada,7\n", server.Export("fields=record_id,name,score"));
        server.Body("content=repeatingFormsEvents", "format=csv", "data=form_name\nvisit");
        Assert.EndsWith("1,visit,1,,7\n1,visit,2,,9\n", server.Export("fields=record_id,name,score"), StringComparison.Ordinal);
    }

    [Fact]
    public void Data_stay_in_sight_when_an_event_repeats_and_then_its_instrument()
    {
        using var server = new TestServer(Longitudinal().Build());
        server.Import("study_id,redcap_event_name,score\n1,visits_arm_1,7");
        server.Body("content=repeatingFormsEvents", "format=csv", "data=event_name,form_name\nvisits_arm_1,");
        Assert.Equal("study_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,score\n1,visits_arm_1,,1,7\n", server.Export("fields=study_id,score"));
        server.Body("content=repeatingFormsEvents", "format=csv", "data=event_name,form_name\nvisits_arm_1,visit");
        Assert.Equal("study_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,score\n1,visits_arm_1,visit,1,7\n", server.Export("fields=study_id,score"));
    }
}
