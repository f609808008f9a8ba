using System.Globalization;

namespace Cairn.Core.Flows.Scanning;

/// <param name="Group">The value the rows share; empty for a blank.</param>
public sealed record DuplicateGroup(string Group, long Rows, long Duplicates);

/// <summary>How duplicates lie over the values of one column.</summary>
public sealed record GroupedDuplicates(string Column, IReadOnlyList<DuplicateGroup> Groups)
{
    /// <summary>Weighted variance of the groups' shares of duplicates: 0 when the column tells nothing.</summary>
    public double Unevenness
    {
        get
        {
            double rows = Groups.Sum(g => g.Rows);
            double mean = Groups.Sum(g => g.Duplicates) / rows;
            return Groups.Sum(g => g.Rows / rows * Math.Pow(((double)g.Duplicates / g.Rows) - mean, 2));
        }
    }
}

/// <summary>What is said of rows that repeat an earlier one, wherever the step is done.</summary>
public static class DuplicateFinding
{
    /// <summary>A column with more values than this is not shown as groups.</summary>
    public const int MostGroups = 32;

    /// <summary>
    /// The column that tells best where duplicates lie: one with groups that have none, if there is such a column; of those that tell groups apart about
    /// as well as the best one does, the one with the fewest groups. Null when none tells anything.
    /// </summary>
    public static GroupedDuplicates? Best(IEnumerable<GroupedDuplicates> columns)
    {
        GroupedDuplicates[] told = [.. columns.Where(c => c.Groups.Count > 1 && c.Unevenness > 0)];
        GroupedDuplicates[] clean = [.. told.Where(c => c.Groups.Any(g => g.Duplicates == 0))];
        told = clean.Length > 0 ? clean : told;
        return told.Where(c => c.Unevenness >= 0.5 * told.Max(t => t.Unevenness)).MinBy(c => c.Groups.Count);
    }

    public static Problem Of(Step step, long rows, long duplicates, GroupedDuplicates? grouped)
    {
        var details = new List<string>();
        if (grouped is not null)
        {
            int with = grouped.Groups.Count(g => g.Duplicates > 0);
            details.Add($"in {with} of {grouped.Groups.Count} values of {grouped.Column}:");
            details.AddRange(grouped.Groups.OrderByDescending(g => g.Rows).ThenBy(g => g.Group, StringComparer.Ordinal)
                .Select(g => string.Create(CultureInfo.InvariantCulture, $"  {(g.Group.Length == 0 ? "(blank)" : g.Group)}: {g.Duplicates:N0} of {g.Rows:N0}")));
        }

        string where = step.Head is DistinctHead { By: { } by } ? $"in {string.Join(" and ", by.Select(c => c.Name))}" : "in every column";
        string share = ((double)duplicates / rows).ToString("P1", CultureInfo.InvariantCulture).Replace(" %", " %", StringComparison.Ordinal);
        return new Problem(
            "shape/exact-duplicates", ProblemKind.Finding,
            string.Create(CultureInfo.InvariantCulture, $"{step.Head.Inputs[0].Name}: {duplicates:N0} of {rows:N0} rows ({share}) repeat an earlier row {where}"), step.Place)
        {
            Details = details,
        };
    }
}
