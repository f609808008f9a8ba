using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Contents;

/// <summary>
/// <c>content=project</c>: what a project is, one object in JSON; and the import of <c>content=project_settings</c>, one object, or one row, which answers how many
/// of its values can be set. What cannot is of no account, so that what was exported can be imported.
/// </summary>
internal static class ProjectContent
{
    public static IEnumerable<ApiMethod> Methods { get; } = [ApiMethod.Export("project", Export), ApiMethod.Import("project_settings", Import)];

    private static ApiAnswer Export(ApiContext context)
    {
        context.LogManage("Export project information (API)");
        IReadOnlyList<ProjectAttribute> all = ProjectAttribute.All;
        return context.Call.Format == DataFormat.Json
            ? ApiAnswer.Of(DataFormat.Json, "{" + string.Join(',', all.Select(a => JsonText.Quoted(a.Name) + ":" + Json(a, context.Project))) + "}")
            : ApiAnswer.Table(context.Call, ("items", "item"), [.. all.Select(a => new Column(a.Name, a.Kind))], [[.. all.Select(a => a.Get(context.Project))]]);
    }

    private static ApiAnswer Import(ApiContext context)
    {
        context.NeedsDesign();
        DataItem item = DataItem.One(context);
        Design design = context.Project.Design;
        ProjectSettings settings = design.Settings;
        var faults = new Faults();
        int accepted = 0;
        foreach (ProjectAttribute attribute in ProjectAttribute.All.Where(a => a.Set is not null && item.Has(a.Name)))
        {
            string value = item[attribute.Name];
            if (attribute.Valid(value, context.Project))
            {
                settings = attribute.Set!(settings, value);
                accepted++;
            }
            else
            {
                faults.Add($"The value \"{value}\" of {attribute.Name} is not valid");
            }
        }

        faults.Refuse();
        if (settings.Longitudinal && !design.Settings.Longitudinal && design.Events.Count > 0)
        {
            design = Longitudinal(design);
        }

        context.Session.Save(design with { Settings = settings });
        context.LogManage("Import project information (API)");
        return ApiAnswer.Count(accepted);
    }

    /// <summary>What a classic project holds belongs to its one event, and stays in sight there when the project becomes longitudinal.</summary>
    private static Design Longitudinal(Design design) => design with
    {
        Events = [.. EventContent.InOrder(design.Events)],
        FormEvents = design.FormEvents.Count > 0 ? design.FormEvents : [.. design.Forms.Select(f => new FormEvent(design.Events[0].Id, f.Name))],
    };

    private static string Json(ProjectAttribute attribute, Project project) =>
        attribute.Kind == ColumnKind.Number ? attribute.Get(project) : JsonText.Quoted(attribute.Get(project));
}
