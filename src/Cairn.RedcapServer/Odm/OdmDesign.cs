using System.Globalization;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Odm;

/// <summary>Makes a project's definition of the <c>Study</c> of its XML.</summary>
internal sealed class OdmDesign(OdmStudy study)
{
    private readonly HashSet<string> _forms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _events = new(StringComparer.Ordinal);

    /// <summary>Without users: XML has none. Throws <see cref="DataFormatException"/> for what cannot be a project.</summary>
    public Design Make()
    {
        foreach (OdmFormDef form in study.Forms)
        {
            Once(_forms, form.Name, form.Line, "form");
        }

        Design design = Events(new Design { Globals = [.. study.Globals.Select(Kept)], NextCell = 1, Settings = Settings() });
        Dictionary<string, string> labels = study.Forms.ToDictionary(f => f.Name, f => f.Label);
        List<Field> fields = new OdmFields(study).Read();
        if (fields.Count == 0 || fields[0].Type != FieldType.Text)
        {
            throw new DataFormatException("The XML is not a REDCap project: the first of its fields is no record ID.");
        }

        HashSet<string> taken = DictionaryChecks.Taken(fields);
        if (fields.Find(f => taken.Contains(f.Name)) is { } other)
        {
            throw new DataFormatException($"The XML is not a REDCap project: the name of the field '{other.Name}' is that of a form's status or timestamp, or of a checkbox's choice.");
        }

        design = DataDictionary.WithFields(design, fields, form => labels[form]);

        ILookup<string?, OdmElement> surveys = Group("SurveysGroup").ToLookup(s => Of(s, "form_name"));
        return design with
        {
            Forms = [.. design.Forms.Select(f => surveys[f.Name].FirstOrDefault() is { } survey ? Surveyed(f, survey) : f)],
            Dags = Dags(),
            Roles = [.. Group("UserRolesGroup").DistinctBy(r => OdmRoles.Read(r).UniqueName).Select(OdmRoles.Read)],
            Repeats = Repeats(),
            Reports = [.. Group("ReportsGroup").Select(Report)],
        };
    }

    private ProjectSettings Settings()
    {
        var settings = new ProjectSettings { Title = study.Title, Longitudinal = study.Events.Count > 0 };
        foreach (OdmElement element in study.Globals)
        {
            settings = OdmSettings.With(settings, element);
        }

        return settings;
    }

    private Design Events(Design design)
    {
        if (study.Events.Count == 0)
        {
            return design with { Arms = [new Arm(NewProject.OnlyEvent.Arm, "Arm 1")], Events = [NewProject.OnlyEvent] };
        }

        var designated = new List<FormEvent>();
        foreach (OdmEventDef definition in study.Events)
        {
            if (!_events.TryAdd(definition.UniqueName, definition.Event.Id))
            {
                throw Wrong(definition.Line, $"the event '{definition.UniqueName}' is defined twice");
            }

            foreach (string form in definition.Forms.Distinct())
            {
                designated.Add(_forms.Contains(form) ? new FormEvent(definition.Event.Id, form)
                    : throw Wrong(definition.Line, $"the event '{definition.UniqueName}' has a form '{form}', which is not defined"));
            }
        }

        return design with
        {
            Arms = [.. study.Events.DistinctBy(e => e.Event.Arm).Select(e => new Arm(e.Event.Arm, e.ArmName)).OrderBy(a => a.Number)],
            Events = [.. study.Events.Select(e => e.Event)],
            FormEvents = designated,
        };
    }

    private List<Repeat> Repeats()
    {
        var found = new List<Repeat>();
        foreach (OdmElement element in study.Globals.Where(g => g.Name == "RepeatingInstrumentsAndEvents").SelectMany(g => g.Children))
        {
            foreach (OdmElement one in element.Name == "RepeatingInstruments" ? element.Children : [element])
            {
                string? form = Of(one, "redcap:RepeatInstrument");
                string unique = Of(one, "redcap:UniqueEventName") ?? "";
                int id = study.Events.Count == 0 ? NewProject.OnlyEvent.Id
                    : _events.TryGetValue(unique, out int known) ? known
                    : throw new DataFormatException($"The XML is not a REDCap project: the event '{unique}' repeats, and is not defined.");
                if (form is not null && !_forms.Contains(form))
                {
                    throw new DataFormatException($"The XML is not a REDCap project: the instrument '{form}' repeats, and is not defined.");
                }

                found.Add(new Repeat(id, form, Of(one, "redcap:CustomLabel") ?? ""));
            }
        }

        return found;
    }

    private List<Dag> Dags()
    {
        var found = new List<Dag>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in Group("DataAccessGroupsGroup").Select(g => Of(g, "group_name") ?? "").Distinct())
        {
            string unique = UniqueNames.Of(name, taken);
            taken.Add(unique);
            found.Add(new Dag(found.Count + 1, name, unique));
        }

        return found;
    }

    private static Form Surveyed(Form form, OdmElement survey) => form with
    {
        IsSurvey = true,
        SurveyTitle = Of(survey, "title") ?? "",
        SurveyAttributes = survey.Attributes,
    };

    private static Report Report(OdmElement element, int index) => new()
    {
        Id = int.TryParse(Of(element, "ID"), NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : index + 1,
        Title = Of(element, "title") ?? "",
        Fields = Of(element, "fields")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
        Filter = Of(element, "advanced_logic") ?? "",
        Events = Of(element, "filter_events")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
    };

    private IEnumerable<OdmElement> Group(string name) => study.Globals.Where(g => g.Name == name).SelectMany(g => g.Children);

    /// <summary>What is elsewhere in the definition is kept only as a place.</summary>
    private static OdmElement Kept(OdmElement element) => OdmGlobals.IsWritten(element.Name) ? element with { Attributes = [], Text = "", Children = [] } : element;

    private static string? Of(OdmElement element, string attribute) => element.Attributes.FirstOrDefault(a => a.Name == attribute).Value;

    private static void Once(HashSet<string> names, string name, int line, string what)
    {
        if (!DictionaryField.IsName(name) || !names.Add(name))
        {
            throw Wrong(line, $"the {what} '{name}' is defined twice, or its name is none");
        }
    }

    private static DataFormatException Wrong(int line, string what) => new($"The XML is not a REDCap project: line {line}, {what}.");
}
