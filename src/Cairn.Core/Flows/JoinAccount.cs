using System.Globalization;
using Cairn.Core.Flows.Scanning;

namespace Cairn.Core.Flows;

/// <summary>Makes a join's account whole where rows of its right table were left out while reading: they were counted there.</summary>
internal static class JoinAccount
{
    public static Account Whole(Step step, Account account, IReadOnlyDictionary<string, LandingCount> landings)
    {
        if (step.Head is not JoinHead join || !landings.TryGetValue(join.Right.Name, out LandingCount? landing) || landing.NotWanted == 0)
        {
            return account;
        }

        return account with
        {
            Beside =
            [
                .. account.Beside.Select(m => m.Reason switch
                {
                    Reasons.RightRows => m with { Rows = landing.Rows },
                    Reasons.RightUnused => m with { Rows = m.Rows + landing.NotWanted },
                    _ => m,
                }),
            ],
        };
    }

    public static IEnumerable<Problem> Findings(Step step, Account account)
    {
        if (step.Head is JoinHead join && account.Beside.FirstOrDefault(m => m.Reason == Reasons.RightUnused) is { Rows: > 0 } unused)
        {
            long rows = account.Beside.First(m => m.Reason == Reasons.RightRows).Rows;
            yield return new Problem(
                "shape/unmatched-right", ProblemKind.Finding,
                string.Create(CultureInfo.InvariantCulture, $"{step.Name}: {unused.Rows:N0} of {rows:N0} rows of {join.Right.Name} have no row in {join.Left.Name}"), step.Place);
        }
    }
}
