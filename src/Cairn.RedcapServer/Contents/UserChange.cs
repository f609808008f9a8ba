using Cairn.RedcapServer.Definitions;

namespace Cairn.RedcapServer.Contents;

/// <summary>Changes one user of a design.</summary>
internal static class UserChange
{
    /// <summary>The design with the user in place of the one of his name, or added.</summary>
    public static Design Put(Design design, User user)
    {
        List<User> users = [.. design.Users];
        int at = users.FindIndex(u => string.Equals(u.Name, user.Name, StringComparison.OrdinalIgnoreCase));
        if (at < 0)
        {
            users.Add(user);
        }
        else
        {
            users[at] = user;
        }

        return design with { Users = users };
    }

    /// <summary>The users as they are exported: by name.</summary>
    public static IEnumerable<User> InOrder(Design design) => design.Users.OrderBy(u => u.Name, StringComparer.OrdinalIgnoreCase);
}
