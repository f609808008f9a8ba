using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;

namespace Cairn.RedcapServer.Contents;

/// <summary>
/// <c>content=userRoleMapping</c> and <c>content=userDagMapping</c>: each user with his role, or his data access group; blank for none. Import changes those of the users it names.
/// </summary>
internal static class UserMappings
{
    public static IEnumerable<ApiMethod> Methods { get; } =
    [
        ApiMethod.Export("userRoleMapping", ExportRoles),
        ApiMethod.Import("userRoleMapping", ImportRoles),
        ApiMethod.Export("userDagMapping", ExportDags),
        ApiMethod.Import("userDagMapping", ImportDags),
    ];

    private static ApiAnswer ExportRoles(ApiContext context)
    {
        context.NeedsUserRights();
        context.LogManage("Export User-Role assignments (API)");
        return ApiAnswer.Table(
            context.Call, ("items", "item"), [new("username"), new("unique_role_name"), new("data_access_group")],
            UserChange.InOrder(context.Project.Design).Select(string?[] (u) => [u.Name, u.Role, context.Project.Dag(u.Dag)?.UniqueName]));
    }

    private static ApiAnswer ImportRoles(ApiContext context)
    {
        context.NeedsUserRights();
        Project project = context.Project;
        return Import(context, "Import User-Role assignments (API)", (item, user, faults) =>
        {
            string role = item["unique_role_name"];
            if (role.Length > 0 && project.Role(role) is null)
            {
                faults.Add($"{item}: there is no user role \"{role}\"");
            }

            return user with { Role = role, Dag = item.Has("data_access_group") ? Dag(item, "data_access_group", project, faults) : user.Dag };
        });
    }

    private static ApiAnswer ExportDags(ApiContext context)
    {
        context.NeedsDags();
        context.LogManage("Export User-DAG assignments (API)");
        return ApiAnswer.Table(
            context.Call, ("items", "item"), [new("username"), new("redcap_data_access_group")],
            UserChange.InOrder(context.Project.Design).Select(string?[] (u) => [u.Name, context.Project.Dag(u.Dag)?.UniqueName]));
    }

    private static ApiAnswer ImportDags(ApiContext context)
    {
        context.NeedsDags();
        Project project = context.Project;
        return Import(context, "Import User-DAG assignments (API)", (item, user, faults) => user with { Dag = Dag(item, "redcap_data_access_group", project, faults) });
    }

    private static ApiAnswer Import(ApiContext context, string logged, Func<DataItem, User, Faults, User> change)
    {
        IReadOnlyList<DataItem> items = DataItem.Of(context);
        var faults = new Faults();
        faults.AddRepeated(items, "username");
        Design design = context.Project.Design;
        foreach (DataItem item in items)
        {
            if (context.Project.User(item["username"]) is { } user)
            {
                design = UserChange.Put(design, change(item, user, faults));
            }
            else
            {
                faults.Add($"{item}: there is no user \"{item["username"]}\" in the project");
            }
        }

        faults.Refuse();
        context.Session.Save(design);
        context.LogManage(logged);
        return ApiAnswer.Count(items.Count);
    }

    /// <summary>The group an item names by its unique name; null where blank, and with a fault where there is none.</summary>
    public static int? Dag(DataItem item, string attribute, Project project, Faults faults)
    {
        string name = item[attribute];
        int? dag = project.Dag(name)?.Id;
        if (name.Length > 0 && dag is null)
        {
            faults.Add($"{item}: there is no data access group \"{name}\"");
        }

        return dag;
    }
}
