namespace Cairn.RedcapServer.Logic;

/// <summary>
/// As numbers when both sides look like numbers, otherwise as texts by their characters, upper case before lower; so dates and times, which are stored year
/// first, compare as such. Blank equals blank only, and not 0.
/// </summary>
internal static class LogicComparison
{
    public static bool AreEqual(in LogicValue left, in LogicValue right)
    {
        if (left.IsBlank || right.IsBlank)
        {
            return left.IsBlank && right.IsBlank;
        }

        return left.TryNumber(out double a) && right.TryNumber(out double b)
            ? a == b && (!AreLong(left, right, a) || left.Text == right.Text)
            : string.Equals(left.Text, right.Text, StringComparison.Ordinal);
    }

    /// <summary>False when there is no order: a calculation without result is neither less nor more than anything. A blank value comes before all others.</summary>
    public static bool TryOrder(in LogicValue left, in LogicValue right, out int order)
    {
        order = 0;
        if (left.IsNoResult || right.IsNoResult)
        {
            return false;
        }

        if (left.IsBlank || right.IsBlank)
        {
            order = right.IsBlank.CompareTo(left.IsBlank);
        }
        else if (left.TryNumber(out double a) && right.TryNumber(out double b) && !(a == b && AreLong(left, right, a)))
        {
            order = a.CompareTo(b);
        }
        else
        {
            order = string.CompareOrdinal(left.Text, right.Text);
        }

        return true;
    }

    // Long identifiers that are the same double are not for that the same: they are compared as texts.
    private static bool AreLong(in LogicValue left, in LogicValue right, double number) =>
        Math.Abs(number) >= NumberText.Exact && left.Kind == LogicKind.Text && right.Kind == LogicKind.Text;
}
