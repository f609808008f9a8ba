using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Contents;

/// <summary>
/// <c>content=repeatingFormsEvents</c>: export, and import, which replaces all. <c>event_name</c> only where the project is longitudinal; a blank <c>form_name</c>
/// means the whole event. Observed in CSV: labels stand within quotes only where they must.
/// </summary>
internal static class RepeatContent
{
    public static IEnumerable<ApiMethod> Methods { get; } = [ApiMethod.Export("repeatingFormsEvents", Export), ApiMethod.Import("repeatingFormsEvents", Import)];

    private static ApiAnswer Export(ApiContext context)
    {
        context.NeedsDesign();
        Project project = context.Project;
        if (!project.HasRepeats)
        {
            throw new ApiRefusal("You cannot export repeating instruments and events because the project does not contain any repeating instruments and events"
                + (context.Options.FullStopInMessages ? "." : ""));
        }

        context.LogManage("Export repeating instruments and events (API)");
        Column[] columns = [new("event_name", ColumnKind.Bare), new("form_name", ColumnKind.Bare), new("custom_form_label", ColumnKind.Bare)];
        int first = project.Longitudinal ? 0 : 1;
        return ApiAnswer.Table(
            context.Call, ("items", "item"), columns[first..],
            from repeat in project.Design.Repeats
            orderby project.OrderOfEvent(repeat.EventId), project.OrderOfForm(repeat.Form ?? "")
            select (IReadOnlyList<string?>)((string?[])[project.EventOf(repeat.EventId).UniqueName, repeat.Form, repeat.CustomLabel])[first..]);
    }

    private static ApiAnswer Import(ApiContext context)
    {
        context.NeedsDesign();
        Project project = context.Project;
        if (project.Design.Events.Count == 0)
        {
            throw new ApiRefusal("Nothing can repeat in a project without events");
        }

        IReadOnlyList<DataItem> items = DataItem.Of(context);
        var faults = new Faults();
        var repeats = new List<Repeat>();
        foreach (DataItem item in items)
        {
            if (Read(item, project, faults) is { } repeat)
            {
                repeats.Add(repeat);
            }
        }

        foreach (IGrouping<int, Repeat> at in repeats.GroupBy(r => r.EventId))
        {
            if (at.DistinctBy(r => r.Form).Count() != at.Count() || (at.Count() > 1 && at.Any(r => r.Form is null)))
            {
                faults.Add($"The event \"{project.EventOf(at.Key).UniqueName}\" can repeat as a whole, or each of its instruments once, but not both");
            }
        }

        faults.Refuse();
        Design design = project.Design with { Repeats = repeats };
        RepeatConversion.Convert(context.Session, project, new Project(project.Id, project.Version, design));
        context.Session.Save(design);
        context.LogManage("Import repeating instruments and events (API)");
        return ApiAnswer.Count(items.Count);
    }

    private static Repeat? Read(DataItem item, Project project, Faults faults)
    {
        Event? at = project.Longitudinal ? project.Event(item["event_name"]) : project.FirstEvent;
        string form = item["form_name"];
        if (at is null)
        {
            faults.Add($"{item}: there is no event \"{item["event_name"]}\"");
            return null;
        }

        if (form.Length > 0 ? project.Form(form) is null : !project.Longitudinal)
        {
            faults.Add($"{item}: there is no instrument \"{form}\"");
            return null;
        }

        if (form.Length > 0 && !project.IsDesignated(at.Id, form))
        {
            faults.Add($"{item}: the instrument \"{form}\" is not designated for the event \"{at.UniqueName}\"");
            return null;
        }

        return new Repeat(at.Id, form.Length > 0 ? form : null, item.Has("custom_form_label") ? item["custom_form_label"] : item["custom_repeat_instrument_label"]);
    }
}
