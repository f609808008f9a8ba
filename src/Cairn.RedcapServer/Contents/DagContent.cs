using System.Globalization;
using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Storage;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Contents;

/// <summary>
/// <c>content=dag</c>: export; import, where a blank <c>unique_group_name</c> makes a group and another renames that one, whose unique name then follows its name
/// (observed); delete, which takes the group's records and users out of it; and <c>action=switch</c>, by which the user himself changes to another of his groups.
/// </summary>
internal static class DagContent
{
    public static IEnumerable<ApiMethod> Methods { get; } =
    [
        ApiMethod.Export("dag", Export),
        ApiMethod.Import("dag", Import),
        ApiMethod.Delete("dag", Delete),
        new ApiMethod("dag", "switch", ApiRight.Import, Writes: true, Switch),
    ];

    private static ApiAnswer Export(ApiContext context)
    {
        context.NeedsDags();
        context.LogManage("Export DAGs (API)");
        return ApiAnswer.Table(
            context.Call, ("dags", "item"), [new("data_access_group_name"), new("unique_group_name"), new("data_access_group_id", ColumnKind.Number)],
            context.Project.Design.Dags.Select(string?[] (d) => [d.Name, d.UniqueName, d.Id.ToString(CultureInfo.InvariantCulture)]), alwaysHeader: true);
    }

    private static ApiAnswer Import(ApiContext context)
    {
        context.NeedsDags();
        List<Dag> dags = [.. context.Project.Design.Dags];
        IReadOnlyList<DataItem> items = DataItem.Of(context);
        var faults = new Faults();
        faults.AddRepeated(items, "unique_group_name");
        foreach (DataItem item in items)
        {
            if (item["data_access_group_name"].Length is 0 or > 100)
            {
                faults.Add($"{item}: the data_access_group_name is missing, or longer than 100 characters");
            }

            if (item["unique_group_name"].Length > 0 && context.Project.Dag(item["unique_group_name"]) is null)
            {
                faults.Add($"{item}: there is no data access group \"{item["unique_group_name"]}\"");
            }
        }

        faults.Refuse();
        int next = context.Session.NextDag();
        foreach (DataItem item in items)
        {
            string name = item["data_access_group_name"];
            int at = item["unique_group_name"].Length == 0 ? -1 : dags.FindIndex(d => d.Id == context.Project.Dag(item["unique_group_name"])!.Id);
            int id = at < 0 ? next++ : dags[at].Id;
            var dag = new Dag(id, name, UniqueNames.Of(name, dags.Where(d => d.Id != id).Select(d => d.UniqueName).ToHashSet()));
            if (at < 0)
            {
                dags.Add(dag);
            }
            else
            {
                dags[at] = dag;
            }
        }

        context.Session.Save(context.Project.Design with { Dags = dags });
        context.LogManage("Import DAGs (API)");
        return ApiAnswer.Count(items.Count);
    }

    private static ApiAnswer Delete(ApiContext context)
    {
        context.NeedsDags();
        Project project = context.Project;
        HashSet<int> gone = [.. context.Call.Needed("dags", d => project.Dag(d) is not null).Select(d => project.Dag(d)!.Id)];
        foreach (int dag in gone)
        {
            context.Session.LeaveDag(dag);
        }

        context.Session.Save(project.Design with
        {
            Dags = [.. project.Design.Dags.Where(d => !gone.Contains(d.Id))],
            Users =
            [
                .. project.Design.Users.Select(u => u with { Dag = u.Dag is { } dag && gone.Contains(dag) ? null : u.Dag, Dags = [.. u.Dags.Where(d => !gone.Contains(d))] }),
            ],
        });
        context.LogManage("Delete DAGs (API)");
        return ApiAnswer.Count(gone.Count);
    }

    private static ApiAnswer Switch(ApiContext context)
    {
        Project project = context.Project;
        string? name = context.Call.Text("dag")?.Trim();
        int? dag = name is null ? null : project.Dag(name)?.Id ?? throw ApiRefusal.NotValid("dag", [name]);
        if (!context.User.Dags.Contains(dag ?? User.NoDag))
        {
            throw new ApiRefusal(name is null ? "You may not switch to no Data Access Group" : $"You may not switch to the Data Access Group '{name}'");
        }

        context.Session.Save(UserChange.Put(project.Design, context.User with { Dag = dag }));
        context.Session.Log(LogKind.User, "Switch DAG (API)", $"user = '{context.User.Name}', data access group = '{name}'");
        return ApiAnswer.Count(1);
    }
}
