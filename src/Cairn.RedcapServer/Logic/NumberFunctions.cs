namespace Cairn.RedcapServer.Logic;

/// <summary>Functions of one or two numbers. Without a number there is no result.</summary>
internal static class NumberFunctions
{
    // Beyond these no digit of a double is left to round, or no decimal can hold it.
    private const double MostRounded = 1e28;
    private const int MostPlaces = 28;

    public static LogicValue Round(LogicNode[] a, ILogicContext c) => Rounded(a, c, MidpointRounding.AwayFromZero);

    public static LogicValue RoundUp(LogicNode[] a, ILogicContext c) => Rounded(a, c, MidpointRounding.ToPositiveInfinity);

    public static LogicValue RoundDown(LogicNode[] a, ILogicContext c) => Rounded(a, c, MidpointRounding.ToNegativeInfinity);

    public static LogicValue SquareRoot(LogicNode[] a, ILogicContext c) => Of(a, c, Math.Sqrt);

    public static LogicValue Absolute(LogicNode[] a, ILogicContext c) => Of(a, c, Math.Abs);

    public static LogicValue Exponential(LogicNode[] a, ILogicContext c) => Of(a, c, Math.Exp);

    public static LogicValue Logarithm(LogicNode[] a, ILogicContext c)
    {
        if (a.Length == 1)
        {
            return Of(a, c, Math.Log);
        }

        // log(1000, 10) is 3, which the quotient of two natural logarithms is not.
        return !a[0].TryNumber(c, out double number) || !a[1].TryNumber(c, out double root) ? LogicValue.NoResult
            : LogicValue.OfNumber(root switch { 10 => Math.Log10(number), 2 => Math.Log2(number), _ => Math.Log(number, root) });
    }

    public static LogicValue Remainder(LogicNode[] a, ILogicContext c) =>
        a[0].TryNumber(c, out double dividend) && a[1].TryNumber(c, out double divisor) ? LogicValue.OfNumber(dividend % divisor) : LogicValue.NoResult;

    private static LogicValue Of(LogicNode[] a, ILogicContext c, Func<double, double> function) =>
        a[0].TryNumber(c, out double number) ? LogicValue.OfNumber(function(number)) : LogicValue.NoResult;

    private static LogicValue Rounded(LogicNode[] a, ILogicContext c, MidpointRounding mode)
    {
        double places = 0;
        return !a[0].TryNumber(c, out double number) || (a.Length == 2 && !a[1].TryNumber(c, out places)) ? LogicValue.NoResult
            : LogicValue.OfNumber(Rounded(number, (int)Math.Clamp(places, -MostPlaces, MostPlaces), mode));
    }

    // As a decimal of 15 significant digits, so that 1.005 is a half at its last digit and 0.1 + 0.2 is not above 0.3, as a person expects.
    private static double Rounded(double number, int places, MidpointRounding mode)
    {
        if (Math.Abs(number) >= MostRounded)
        {
            return number;
        }

        if (places >= 0)
        {
            return (double)decimal.Round((decimal)number, places, mode);
        }

        decimal unit = 1;
        for (int i = 0; i > places; i--)
        {
            unit *= 10;
        }

        decimal units = decimal.Round((decimal)number / unit, 0, mode);
        return (double)units * (double)unit;
    }
}
