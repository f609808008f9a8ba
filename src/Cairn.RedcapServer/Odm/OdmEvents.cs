using System.Globalization;
using Cairn.RedcapServer.Definitions;

namespace Cairn.RedcapServer.Odm;

/// <summary>Writes the events of a longitudinal project.</summary>
internal static class OdmEvents
{
    public static void Write(TextWriter to, Project project)
    {
        to.Write("\t<Protocol>\n");
        int order = 0;
        foreach (Event one in project.Design.Events)
        {
            order++;
            to.Write(string.Create(CultureInfo.InvariantCulture, $"\t\t<StudyEventRef StudyEventOID=\"Event.{OdmText.Escaped(one.UniqueName)}\" OrderNumber=\"{order}\" Mandatory=\"No\"/>\n"));
        }

        to.Write("\t</Protocol>\n");
        foreach (Event one in project.Design.Events)
        {
            Event(to, project, one);
        }
    }

    private static void Event(TextWriter to, Project project, Event one)
    {
        string arm = project.Arm(one.Arm)?.Name ?? "";
        to.Write($"\t<StudyEventDef OID=\"Event.{OdmText.Escaped(one.UniqueName)}\"");
        // Where there is one arm, the arm need not be told.
        OdmText.Attribute(to, "Name", project.Design.Arms.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{one.Name} (Arm {one.Arm}: {arm})") : one.Name);
        to.Write(" Type=\"Common\" Repeating=\"No\"");
        OdmText.Attribute(to, "redcap:EventName", one.Name);
        OdmText.Attribute(to, "redcap:CustomEventLabel", one.CustomLabel);
        OdmText.Attribute(to, "redcap:UniqueEventName", one.UniqueName);
        OdmText.Attribute(to, "redcap:ArmNum", one.Arm.ToString(CultureInfo.InvariantCulture));
        OdmText.Attribute(to, "redcap:ArmName", arm);
        OdmText.Attribute(to, "redcap:DayOffset", OdmText.Number(one.DayOffset));
        OdmText.Attribute(to, "redcap:OffsetMin", OdmText.Number(one.OffsetMinimum));
        OdmText.Attribute(to, "redcap:OffsetMax", OdmText.Number(one.OffsetMaximum));
        to.Write(">\n");
        int order = 0;
        foreach (Form form in project.Design.Forms.Where(f => project.IsDesignated(one.Id, f.Name)))
        {
            order++;
            to.Write(string.Create(CultureInfo.InvariantCulture, $"\t\t<FormRef FormOID=\"Form.{form.Name}\" OrderNumber=\"{order}\" Mandatory=\"No\" redcap:FormName=\"{form.Name}\"/>\n"));
        }

        to.Write("\t</StudyEventDef>\n");
    }
}
