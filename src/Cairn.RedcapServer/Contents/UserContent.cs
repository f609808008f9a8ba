using System.Globalization;
using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Storage;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Contents;

/// <summary>
/// <c>content=user</c>: export, with the rights of a user's role where he has one; import, of new users and changed ones; delete. Name and address belong to a user's
/// account, so that import sets them for a new user only. Observed: import without <c>data_access_group</c> takes the user out of his group, and the rights of a user
/// with a role cannot be changed.
/// </summary>
internal static class UserContent
{
    public static IEnumerable<ApiMethod> Methods { get; } = [ApiMethod.Export("user", Export), ApiMethod.Import("user", Import), ApiMethod.Delete("user", Delete)];

    private static ApiAnswer Export(ApiContext context)
    {
        context.NeedsUserRights();
        Project project = context.Project;
        context.LogManage("Export users (API)");
        return ApiAnswer.Table(
            context.Call, ("users", "item"),
            [
                new("username"), new("email"), new("firstname"), new("lastname"), new("expiration"), new("data_access_group"),
                new("data_access_group_id", ColumnKind.Number), new("data_access_group_label"),
                .. Rights.Names.Select(n => new Column(n, ColumnKind.Number)), .. RightsData.FormColumns,
            ],
            UserChange.InOrder(project.Design).Select(string?[] (u) =>
            {
                Rights rights = project.RightsOf(u);
                Dag? dag = project.Dag(u.Dag);
                return
                [
                    u.Name, u.Email, u.FirstName, u.LastName, u.Expiration, dag?.UniqueName, dag?.Id.ToString(CultureInfo.InvariantCulture), dag?.Name,
                    .. Rights.Names.Select(n => RightsData.Value(rights, n)), .. RightsData.FormValues(rights, project),
                ];
            }));
    }

    private static ApiAnswer Import(ApiContext context)
    {
        context.NeedsUserRights();
        Project project = context.Project;
        IReadOnlyList<DataItem> items = DataItem.Of(context);
        var faults = new Faults();
        faults.AddRepeated(items, "username");
        Design design = project.Design;
        foreach (DataItem item in items)
        {
            User? user = project.User(item["username"]);
            if (user is { Role.Length: > 0 })
            {
                faults.Add($"The user \"{user.Name}\" cannot have their user privileges modified because the user belongs to a user role. "
                    + "Users in roles cannot have their privileges modified via the 'Import User' API method.");
                continue;
            }

            design = UserChange.Put(design, Read(item, user, project, faults));
        }

        faults.Refuse();
        context.Session.Save(design);
        foreach (string name in items.Select(i => i["username"]))
        {
            context.Session.Log(LogKind.User, $"{(project.User(name) is null ? "Add" : "Edit")} user {name}", $"user = '{name}'");
        }

        return ApiAnswer.Count(items.Count);
    }

    private static User Read(DataItem item, User? known, Project project, Faults faults)
    {
        string name = item["username"];
        if (name.Length is 0 or > 255 || name.Any(char.IsControl))
        {
            faults.Add($"{item}: the username is missing or not valid");
        }

        string expiration = item["expiration"];
        if (expiration.Length > 0 && !DateOnly.TryParseExact(expiration, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            faults.Add($"{item}: the expiration \"{expiration}\" is not a date in the form YYYY-MM-DD");
        }

        User user = known ?? new User { Name = name, Email = item["email"], FirstName = item["firstname"], LastName = item["lastname"] };
        return user with
        {
            Expiration = item.Has("expiration") ? expiration : user.Expiration,
            Dag = UserMappings.Dag(item, "data_access_group", project, faults),
            Rights = RightsData.Read(item, user.Rights, project, faults),
        };
    }

    private static ApiAnswer Delete(ApiContext context)
    {
        context.NeedsUserRights();
        Design design = context.Project.Design;
        IReadOnlyList<string> names = context.Call.Needed("users", u => context.Project.User(u) is not null);
        List<User> gone = [.. names.Select(n => context.Project.User(n)!).Distinct()];
        context.Session.Save(design with { Users = [.. design.Users.Except(gone)] });
        foreach (User user in gone)
        {
            context.Session.DeleteToken(user.Name);
            context.Session.Log(LogKind.User, $"Delete user {user.Name}", $"user = '{user.Name}'");
        }

        return ApiAnswer.Count(gone.Count);
    }
}
