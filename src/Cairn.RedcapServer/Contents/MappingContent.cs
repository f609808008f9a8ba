using System.Globalization;
using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Contents;

/// <summary><c>content=formEventMapping</c>: which instruments are designated for which events; export (<c>arms</c> picks) and import, which replaces all of them.</summary>
internal static class MappingContent
{
    public static IEnumerable<ApiMethod> Methods { get; } = [ApiMethod.Export("formEventMapping", Export), ApiMethod.Import("formEventMapping", Import)];

    private static ApiAnswer Export(ApiContext context)
    {
        context.NeedsLongitudinal("form/event mappings");
        IReadOnlySet<int>? asked = context.Arms();
        Project project = context.Project;
        context.LogManage("Export instrument-event mappings (API)");
        return ApiAnswer.Table(
            context.Call, ("items", "item"), [new("arm_num", ColumnKind.Number), new("unique_event_name"), new("form")],
            from at in project.Design.Events
            where asked?.Contains(at.Arm) != false
            from form in project.Design.Forms
            where project.IsDesignated(at.Id, form.Name)
            select (IReadOnlyList<string?>)[at.Arm.ToString(CultureInfo.InvariantCulture), at.UniqueName, form.Name]);
    }

    private static ApiAnswer Import(ApiContext context)
    {
        context.NeedsDevelopment();
        Project project = context.Project;
        if (!project.Longitudinal)
        {
            throw new ApiRefusal("You cannot import form/event mappings for classic projects");
        }

        IReadOnlyList<DataItem> items = DataItem.Of(context);
        var faults = new Faults();
        var mappings = new List<FormEvent>();
        foreach (DataItem item in items)
        {
            Event? at = project.Event(item["unique_event_name"]);
            if (at is null || (item["arm_num"].Length > 0 && Requirements.ArmOf(project, item["arm_num"])?.Number != at.Arm))
            {
                faults.Add($"{item}: there is no event \"{item["unique_event_name"]}\" in arm \"{item["arm_num"]}\"");
            }

            if (project.Form(item["form"]) is null)
            {
                faults.Add($"{item}: there is no instrument \"{item["form"]}\"");
            }

            if (at is not null)
            {
                mappings.Add(new FormEvent(at.Id, item["form"]));
            }
        }

        faults.Refuse();
        context.Session.Save(project.Design with { FormEvents = [.. mappings.Distinct()] });
        context.LogManage("Import instrument-event mappings (API)");
        return ApiAnswer.Count(items.Count);
    }
}
