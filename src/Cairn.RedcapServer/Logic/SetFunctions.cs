namespace Cairn.RedcapServer.Logic;

/// <summary>Functions of any number of numbers. What is blank or no number does not count.</summary>
internal static class SetFunctions
{
    private const int OnStack = 64;

    public static LogicValue Minimum(LogicNode[] a, ILogicContext c)
    {
        LogicValue least = LogicValue.NoResult;
        double known = double.PositiveInfinity;
        foreach (LogicNode node in a)
        {
            if (node.TryNumber(c, out double number) && number < known)
            {
                known = number;
                least = LogicValue.OfNumber(number);
            }
        }

        return least;
    }

    public static LogicValue Maximum(LogicNode[] a, ILogicContext c)
    {
        LogicValue greatest = LogicValue.NoResult;
        double known = double.NegativeInfinity;
        foreach (LogicNode node in a)
        {
            if (node.TryNumber(c, out double number) && number > known)
            {
                known = number;
                greatest = LogicValue.OfNumber(number);
            }
        }

        return greatest;
    }

    public static LogicValue Sum(LogicNode[] a, ILogicContext c) => LogicValue.OfNumber(Total(a, c).Sum);

    public static LogicValue Mean(LogicNode[] a, ILogicContext c)
    {
        (double sum, int count) = Total(a, c);
        return LogicValue.OfNumber(sum / count);
    }

    public static LogicValue Median(LogicNode[] a, ILogicContext c)
    {
        Span<double> numbers = a.Length <= OnStack ? stackalloc double[OnStack] : new double[a.Length];
        numbers = Numbers(a, c, numbers);
        if (numbers.Length == 0)
        {
            return LogicValue.NoResult;
        }

        numbers.Sort();
        int middle = numbers.Length / 2;
        return LogicValue.OfNumber(numbers.Length % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2);
    }

    public static LogicValue StandardDeviation(LogicNode[] a, ILogicContext c)
    {
        Span<double> numbers = a.Length <= OnStack ? stackalloc double[OnStack] : new double[a.Length];
        numbers = Numbers(a, c, numbers);
        double sum = 0;
        foreach (double number in numbers)
        {
            sum += number;
        }

        double mean = sum / numbers.Length;
        double squares = 0;
        foreach (double number in numbers)
        {
            squares += (number - mean) * (number - mean);
        }

        return numbers.Length < 2 ? LogicValue.NoResult : LogicValue.OfNumber(Math.Sqrt(squares / (numbers.Length - 1)));
    }

    private static (double Sum, int Count) Total(LogicNode[] a, ILogicContext c)
    {
        double sum = 0;
        int count = 0;
        foreach (LogicNode node in a)
        {
            if (node.TryNumber(c, out double number))
            {
                sum += number;
                count++;
            }
        }

        return (sum, count);
    }

    private static Span<double> Numbers(LogicNode[] a, ILogicContext c, Span<double> into)
    {
        int count = 0;
        foreach (LogicNode node in a)
        {
            if (node.TryNumber(c, out double number))
            {
                into[count++] = number;
            }
        }

        return into[..count];
    }
}
