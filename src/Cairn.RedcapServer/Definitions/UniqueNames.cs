namespace Cairn.RedcapServer.Definitions;

/// <summary>The unique names that REDCap makes of names people give.</summary>
public static class UniqueNames
{
    /// <summary>Longer names are cut: <c>deadline_to_opt_ou_arm_2</c> is the event Deadline to opt out of study.</summary>
    private const int MostLength = 18;

    /// <summary>
    /// Small letters, digits, and underscores for spaces, no more than 18; a name already taken has a letter behind it. Published groups: <c>dag-a</c> is
    /// <c>daga</c>, New DAG <c>new_dag</c>.
    /// </summary>
    public static string Of(string name, IReadOnlySet<string> taken)
    {
        string slug = new([.. name.Trim().ToLowerInvariant().Select(c => c == ' ' ? '_' : c).Where(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')]);
        slug = slug.Length > MostLength ? slug[..MostLength] : slug;
        string unique = slug;
        for (int i = 0; unique.Length == 0 || taken.Contains(unique); i++)
        {
            // Where many names come to one, a number that is likely to be free.
            unique = slug + (i < 26 ? ((char)('a' + i)).ToString() : (taken.Count + i).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return unique;
    }
}
