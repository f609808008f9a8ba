using System.Globalization;
using Cairn.RedcapServer.Definitions;

namespace Cairn.RedcapServer.Odm;

/// <summary>Writes the <c>GlobalVariables</c> of a project's XML: its settings, and its groups, roles, repeating forms and surveys.</summary>
internal static class OdmGlobals
{
    private const string Repeating = "RepeatingInstrumentsAndEvents", Dags = "DataAccessGroupsGroup", Surveys = "SurveysGroup", Roles = "UserRolesGroup", Reports = "ReportsGroup";

    /// <summary>Written from the definition, in this order, where the project is not from XML that has another.</summary>
    private static readonly string[] Order = [Repeating, Dags, Surveys, Roles];

    /// <summary>The element is made anew of the definition.</summary>
    public static bool IsWritten(string name) => Order.Contains(name);

    public static void Write(TextWriter to, Project project)
    {
        Begin(to, project);
        foreach (OdmElement element in Elements(project.Design))
        {
            if (element.Children.Count > 0)
            {
                Write(to, element, 1);
            }
            else if (!IsWritten(element.Name))
            {
                to.Write($"\t<redcap:{element.Name}>{OdmText.Escaped(OdmSettings.TextOf(project.Settings, element))}</redcap:{element.Name}>\n");
            }
        }

        to.Write("</GlobalVariables>\n");
    }

    /// <summary>Only what ODM itself asks for, as an export of records has it.</summary>
    public static void WriteNames(TextWriter to, Project project)
    {
        Begin(to, project);
        to.Write("</GlobalVariables>\n");
    }

    private static void Begin(TextWriter to, Project project)
    {
        string title = OdmText.Escaped(project.Settings.Title);
        to.Write($"<GlobalVariables>\n\t<StudyName>{title}</StudyName>\n");
        to.Write($"\t<StudyDescription>This file contains the metadata, events, and data for REDCap project \"{title}\".</StudyDescription>\n");
        to.Write($"\t<ProtocolName>{title}</ProtocolName>\n");
    }

    /// <summary>The elements in their order: each made of the definition has the place it had, or else one before those that come after it.</summary>
    private static List<OdmElement> Elements(Design design)
    {
        List<OdmElement> elements = [.. design.Globals.Count > 0 ? design.Globals : OdmSettings.Usual];
        for (int i = Order.Length - 1; i >= 0; i--)
        {
            OdmElement made = new(Order[i], [], "", Made(design, Order[i]));
            int at = elements.FindIndex(e => e.Name == made.Name);
            if (at >= 0)
            {
                elements[at] = made;
            }
            else
            {
                int next = elements.FindIndex(e => Order.AsSpan(i + 1).Contains(e.Name) || e.Children.Count > 0);
                elements.Insert(next < 0 ? elements.Count : next, made);
            }
        }

        if (design.Reports.Count > 0 && !elements.Exists(e => e.Name == Reports))
        {
            elements.Add(new OdmElement(Reports, [], "", [.. design.Reports.Select(Report)]));
        }

        return elements;
    }

    private static List<OdmElement> Made(Design design, string name) => name switch
    {
        Repeating => RepeatingOf(design),
        Dags => [.. design.Dags.Select(d => new OdmElement("DataAccessGroups", [new("group_name", d.Name)], "", []))],
        Surveys => [.. design.Forms.Where(f => f.IsSurvey).Select(Survey)],
        _ => [.. design.Roles.Select(OdmRoles.Write)],
    };

    private static List<OdmElement> RepeatingOf(Design design)
    {
        var found = new List<OdmElement>();
        foreach (IGrouping<int, Repeat> one in design.Repeats.GroupBy(r => r.EventId))
        {
            OdmAttribute unique = new("redcap:UniqueEventName", design.Events.First(e => e.Id == one.Key).UniqueName);
            List<OdmElement> forms = [.. one.Where(r => r.Form is not null).Select(r => new OdmElement(
                "RepeatingInstrument", [unique, new("redcap:RepeatInstrument", r.Form!), new("redcap:CustomLabel", r.CustomLabel)], "", []))];
            found.Add(forms.Count > 0 ? new OdmElement("RepeatingInstruments", [], "", forms) : new OdmElement("RepeatingEvent", [unique], "", []));
        }

        return found;
    }

    private static OdmElement Survey(Form form)
    {
        List<OdmAttribute> attributes = form.SurveyAttributes.Count > 0
            ? [.. form.SurveyAttributes.Select(a => a.Name switch
            {
                "form_name" => new OdmAttribute(a.Name, form.Name),
                "title" => new OdmAttribute(a.Name, form.SurveyTitle),
                _ => a,
            })]
            : [new("form_name", form.Name), new("title", form.SurveyTitle), new("survey_enabled", "1")];
        return new OdmElement("Surveys", attributes, "", []);
    }

    private static OdmElement Report(Report report) => new(
        "Reports",
        [
            new("ID", report.Id.ToString(CultureInfo.InvariantCulture)), new("title", report.Title), new("fields", string.Join(',', report.Fields)),
            new("advanced_logic", report.Filter), new("filter_events", string.Join(',', report.Events)),
        ],
        "", []);

    private static void Write(TextWriter to, OdmElement element, int depth)
    {
        for (int i = 0; i < depth; i++)
        {
            to.Write('\t');
        }

        to.Write($"<redcap:{element.Name}");
        foreach ((string name, string value) in element.Attributes)
        {
            OdmText.Attribute(to, name, value);
        }

        if (element.Children.Count == 0)
        {
            to.Write(element.Text.Length == 0 ? "/>\n" : $">{OdmText.Escaped(element.Text)}</redcap:{element.Name}>\n");
            return;
        }

        to.Write(">\n");
        foreach (OdmElement child in element.Children)
        {
            Write(to, child, depth + 1);
        }

        for (int i = 0; i < depth; i++)
        {
            to.Write('\t');
        }

        to.Write($"</redcap:{element.Name}>\n");
    }
}
