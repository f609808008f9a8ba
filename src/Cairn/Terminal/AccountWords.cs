using Cairn.Core.Flows;

namespace Cairn.Terminal;

/// <summary>By what rows came and went, in words; numbers only where there is more than one reason.</summary>
internal static class AccountWords
{
    public static string Why(Account account, bool beside)
    {
        var parts = new List<string> { From(account) };
        Add(parts, "+", account.Added);
        Add(parts, "-", account.Gone);
        if (account.Opaque)
        {
            parts.Add("by SQL, so only in and out are known");
        }

        if (beside && account.Beside.Any(m => m.Rows > 0))
        {
            parts.Add("beside: " + string.Join(", ", account.Beside.Where(m => m.Rows > 0).Select(m => $"{m.Reason} {Amount.Count(m.Rows)}")));
        }

        return string.Join("; ", parts);
    }

    private static string From(Account account) => account.In switch
    {
        [] => "read",
        [{ Reason: Reasons.Records }] => "read",
        [var one] => $"from {one.Reason}",
        _ => "from " + string.Join(", ", account.In.Select(m => $"{m.Reason} {Amount.Count(m.Rows)}")),
    };

    private static void Add(List<string> parts, string sign, IReadOnlyList<Movement> movements)
    {
        Movement[] some = [.. movements.Where(m => m.Rows != 0)];
        parts.AddRange(some.Select(m => some.Length == 1 ? $"{sign}{m.Reason}" : $"{sign}{m.Reason} {Amount.Count(m.Rows)}"));
    }
}
