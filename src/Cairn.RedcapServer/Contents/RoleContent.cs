using System.Security.Cryptography;
using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Storage;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Contents;

/// <summary>
/// <c>content=userRole</c>: export; import, where an item without the unique name of a role there is makes a new role; delete, after which the role's users have
/// their own rights again. Observed: rights are strings in JSON, unlike those of users, and the three of locking stand the other way round.
/// </summary>
internal static class RoleContent
{
    private static readonly string[] Locking = ["lock_records_customization", "lock_records", "lock_records_all_forms"];

    public static IEnumerable<ApiMethod> Methods { get; } = [ApiMethod.Export("userRole", Export), ApiMethod.Import("userRole", Import), ApiMethod.Delete("userRole", Delete)];

    private static ApiAnswer Export(ApiContext context)
    {
        context.NeedsUserRights();
        int place = 0;
        List<string> names = [.. Rights.Names.Select(n => Locking.Contains(n) ? Locking[place++] : n)];
        context.LogManage("Export user roles (API)");
        return ApiAnswer.Table(
            context.Call, ("items", "item"), [new("unique_role_name"), new("role_label"), .. names.Select(n => new Column(n)), .. RightsData.FormColumns],
            context.Project.Design.Roles.Select(string?[] (r) =>
                [r.UniqueName, r.Label, .. names.Select(n => RightsData.Value(r.Rights, n)), .. RightsData.FormValues(r.Rights, context.Project)]));
    }

    private static ApiAnswer Import(ApiContext context)
    {
        context.NeedsUserRights();
        Project project = context.Project;
        List<Role> roles = [.. project.Design.Roles];
        IReadOnlyList<DataItem> items = DataItem.Of(context);
        var faults = new Faults();
        faults.AddRepeated(items, "unique_role_name");
        var logged = new List<(string Action, string Label)>();
        foreach (DataItem item in items)
        {
            int at = roles.FindIndex(r => r.UniqueName == item["unique_role_name"]);
            string label = item["role_label"].Length > 0 ? item["role_label"] : at < 0 ? "" : roles[at].Label;
            if (label.Length is 0 or > 150)
            {
                faults.Add($"{item}: the role_label is missing, or longer than 150 characters");
            }

            Rights rights = RightsData.Read(item, at < 0 ? new Rights() : roles[at].Rights, project, faults);
            logged.Add((at < 0 ? "Add user role" : "Edit user role", label));
            if (at < 0)
            {
                roles.Add(new Role(NewName(roles), label, rights));
            }
            else
            {
                roles[at] = roles[at] with { Label = label, Rights = rights };
            }
        }

        faults.Refuse();
        context.Session.Save(project.Design with { Roles = roles });
        foreach ((string action, string label) in logged)
        {
            context.Session.Log(LogKind.User, action, $"role = '{label}'");
        }

        return ApiAnswer.Count(items.Count);
    }

    private static ApiAnswer Delete(ApiContext context)
    {
        context.NeedsUserRights();
        Design design = context.Project.Design;
        HashSet<string> gone = [.. context.Call.Needed("roles", r => context.Project.Role(r) is not null)];
        context.Session.Save(design with
        {
            Roles = [.. design.Roles.Where(r => !gone.Contains(r.UniqueName))],
            Users = [.. design.Users.Select(u => gone.Contains(u.Role) ? u with { Role = "" } : u)],
        });
        foreach (Role role in design.Roles.Where(r => gone.Contains(r.UniqueName)))
        {
            context.Session.Log(LogKind.User, "Delete user role", $"role = '{role.Label}'");
        }

        return ApiAnswer.Count(gone.Count);
    }

    /// <summary><c>U-</c> and ten letters and digits by chance, as in <c>U-767DA9JEKR</c>.</summary>
    private static string NewName(List<Role> roles)
    {
        while (true)
        {
            string name = "U-" + RandomNumberGenerator.GetString("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ", 10);
            if (roles.All(r => r.UniqueName != name))
            {
                return name;
            }
        }
    }
}
