using System.Globalization;
using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Contents;

/// <summary>
/// <c>content=arm</c>: export (<c>arms</c> picks), import (<c>override=1</c> replaces all arms, and with them their events) and delete. An arm without events is
/// not exported. A classic project takes arms too; they show when it becomes longitudinal.
/// </summary>
internal static class ArmContent
{
    public static IEnumerable<ApiMethod> Methods { get; } = [ApiMethod.Export("arm", Export), ApiMethod.Import("arm", Import), ApiMethod.Delete("arm", Delete)];

    private static ApiAnswer Export(ApiContext context)
    {
        context.NeedsLongitudinal("arms");
        IReadOnlySet<int>? asked = context.Arms();
        Design design = context.Project.Design;
        IEnumerable<Arm> arms = design.Arms.Where(a => asked?.Contains(a.Number) != false && EventContent.Exported(context).Any(e => e.Arm == a.Number));
        context.LogManage("Export arms (API)");
        return ApiAnswer.Table(
            context.Call, ("arms", "item"), [new("arm_num", ColumnKind.Number), new("name", ColumnKind.Quoted)],
            arms.Select(string?[] (a) => [a.Number.ToString(CultureInfo.InvariantCulture), a.Name]), endsLastLine: false);
    }

    private static ApiAnswer Import(ApiContext context)
    {
        context.NeedsDevelopment();
        IReadOnlyList<DataItem> items = DataItem.Of(context);
        var faults = new Faults();
        faults.AddRepeated(items, "arm_num");
        foreach (DataItem item in items)
        {
            if (!int.TryParse(item["arm_num"], NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > 9999)
            {
                faults.Add($"{item}: the arm_num \"{item["arm_num"]}\" is not a whole number from 1");
            }

            if (item["name"].Length == 0)
            {
                faults.Add($"{item}: the name of arm {item["arm_num"]} is missing");
            }
        }

        faults.Refuse();
        Design design = context.Project.Design;
        if (context.Call.Flag("override"))
        {
            design = StructureRemoval.Events(context.Session, design, design.Events.Select(e => e.Id).ToHashSet()) with { Arms = [] };
        }

        Dictionary<int, Arm> arms = design.Arms.ToDictionary(a => a.Number);
        foreach (DataItem item in items)
        {
            int number = int.Parse(item["arm_num"], CultureInfo.InvariantCulture);
            arms[number] = new Arm(number, item["name"]);
        }

        context.Session.Save(design with { Arms = [.. arms.Values.OrderBy(a => a.Number)] });
        context.LogManage("Import arms (API)");
        return ApiAnswer.Count(items.Count);
    }

    private static ApiAnswer Delete(ApiContext context)
    {
        context.NeedsDevelopment();
        Project project = context.Project;
        HashSet<int> gone = [.. context.Call.Needed("arms", a => Requirements.ArmOf(project, a) is not null).Select(a => Requirements.ArmOf(project, a)!.Number)];
        Design design = StructureRemoval.Events(context.Session, project.Design, project.Design.Events.Where(e => gone.Contains(e.Arm)).Select(e => e.Id).ToHashSet());
        context.Session.Save(design with { Arms = [.. design.Arms.Where(a => !gone.Contains(a.Number))] });
        context.LogManage("Delete arms (API)");
        return ApiAnswer.Count(gone.Count);
    }
}
