using System.Globalization;
using Cairn.RedcapServer.Logic;
using FsCheck;
using FsCheck.Fluent;

namespace Cairn.RedcapServer.Tests.Logic;

/// <summary>
/// Expressions made at random, printed, read and evaluated, against an evaluation of the tree they were printed from that shares nothing with the program:
/// null is a value that is not there, numbers are the doubles C# makes of the same operators.
/// </summary>
public class OracleTests
{
    private static readonly string[] Names = ["n", "half", "zero", "minus", "age", "blank", "name"];

    private static readonly Dictionary<string, object?> Values = new()
    {
        ["n"] = 5.0,
        ["half"] = 2.5,
        ["zero"] = 0.0,
        ["minus"] = -3.0,
        ["age"] = 61.0,
        ["blank"] = null,
        ["name"] = "Thiel",
    };

    private static readonly Gen<Tree> Trees = Gen.Choose(0, 6).SelectMany(Any);

    [Fact]
    public void What_is_printed_is_read_and_evaluated_as_the_tree_says() =>
        Prop.ForAll(Trees.ToArbitrary(), tree =>
        {
            LogicValue value = LogicExpression.Parse(tree.Printed, new Sample()).Evaluate(new Sample());
            object? expected = tree.Value();
            string written = expected switch { null or Missing => "", _ => Shown(expected, tree) };
            Assert.True(written == value.Text && Truth(expected) == value.IsTrue, $"{tree.Printed} gave {value.Text}, not {written}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    private static Gen<Tree> Any(int depth) => depth == 0 ? Leaf : Gen.Frequency((1, Leaf), (3, Arithmetic(depth)), (3, Comparisons(depth)), (3, Conditions(depth)), (1, Choice(depth)));

    private static readonly Gen<Tree> Leaf = Gen.OneOf(
        Gen.Elements(Names).Select(n => new Tree($"[{n}]", 9, () => Values[n]) { Quoted = n == "half" ? "2.50" : null }),
        Gen.Choose(0, 40).Select(i => Number(i / 4.0)),
        Gen.Elements("'Thiel'", "\"thiel\"", "''", "'5'", "'2.50'", "'x y'").Select(Quote));

    private static Tree Quote(string printed) =>
        new(printed, 9, () => printed[1..^1] switch { "" => null, "5" => 5.0, "2.50" => 2.5, var text => text }) { Quoted = printed[1..^1] };

    private static Tree Number(double number) => new(number.ToString(CultureInfo.InvariantCulture), 9, () => number);

    private static Gen<Tree> Arithmetic(int depth) =>
        from op in Gen.Elements("+", "-", "*", "/", "^", "sign")
        from a in Any(depth - 1)
        from b in Any(depth - 1)
        select op switch
        {
            "^" => new Tree($"({a.Printed})^({b.Printed})", 7, () => Calculate(op, a.Value(), b.Value())),
            "sign" => new Tree("-" + a.At(7), 7, () => Calculate("-", 0.0, a.Value())),
            _ => new Tree($"{a.At(Level(op))} {op} {b.At(Level(op) + 1)}", Level(op), () => Calculate(op, a.Value(), b.Value())),
        };

    private static Gen<Tree> Comparisons(int depth) =>
        from op in Gen.Elements("=", "<>", "!=", "<", "<=", ">", ">=")
        from a in Any(depth - 1)
        from b in Any(depth - 1)
        select new Tree($"{a.At(Level(op) + 1)}{op}{b.At(Level(op) + 1)}", Level(op), () => Compare(op, a.Value(), b.Value(), a, b));

    private static Gen<Tree> Conditions(int depth) =>
        from op in Gen.Elements("and", "OR", "not")
        from a in Any(depth - 1)
        from b in Any(depth - 1)
        select op switch
        {
            "and" => new Tree($"{a.At(2)} and {b.At(2)}", 2, () => Truth(a.Value()) & Truth(b.Value())),
            "OR" => new Tree($"{a.At(1)} OR {b.At(1)}", 1, () => Truth(a.Value()) | Truth(b.Value())),
            _ => new Tree($"not {a.At(3)}", 3, () => !Truth(a.Value())),
        };

    private static Gen<Tree> Choice(int depth) =>
        from c in Any(depth - 1)
        from a in Any(depth - 1)
        from b in Any(depth - 1)
        select new Tree($"if({c.Printed},{a.Printed} , {b.Printed})", 9, () => Truth(c.Value()) ? a.Value() : b.Value()) { Quoted = Truth(c.Value()) ? a.Quoted : b.Quoted };

    private static int Level(string op) => op switch { "=" or "<>" or "!=" => 4, "<" or "<=" or ">" or ">=" => 5, "+" or "-" => 6, _ => 7 };

    private static double? Figure(object? value) => value switch { double d => d, bool b => b ? 1 : 0, _ => null };

    private static object? Calculate(string op, object? left, object? right)
    {
        if (Figure(left) is not { } a || Figure(right) is not { } b)
        {
            return Missing.Result;
        }

        double result = op switch { "+" => a + b, "-" => a - b, "*" => a * b, "/" => a / b, _ => Math.Pow(a, b) };
        return double.IsFinite(result) ? result : Missing.Result;
    }

    private static bool Truth(object? value) => value switch { null or Missing => false, bool b => b, double d => d != 0, _ => true };

    private static bool Compare(string op, object? left, object? right, Tree leftTree, Tree rightTree)
    {
        bool leftBlank = left is null or Missing;
        bool rightBlank = right is null or Missing;
        int? order;
        if (leftBlank || rightBlank)
        {
            if (op is "=" or "<>" or "!=")
            {
                return (leftBlank && rightBlank) == (op == "=");
            }

            order = left is Missing || right is Missing ? null : leftBlank && rightBlank ? 0 : leftBlank ? -1 : 1;
        }
        else
        {
            order = Figure(left) is { } a && Figure(right) is { } b ? a.CompareTo(b) : string.CompareOrdinal(Shown(left, leftTree), Shown(right, rightTree));
        }

        return order is { } o && op switch { "=" => o == 0, "<" => o < 0, "<=" => o <= 0, ">" => o > 0, ">=" => o >= 0, _ => o != 0 };
    }

    private static string Shown(object? value, Tree tree) => value switch
    {
        double when tree.Quoted is { } quoted => quoted,
        double d => LogicValue.OfNumber(d).Text,
        bool b => b ? "1" : "0",
        _ => (string)value!,
    };

    private enum Missing
    {
        Result,
    }

    /// <param name="Printed">As logic.</param>
    /// <param name="Level">How tightly it binds.</param>
    /// <param name="Value">Its value: null (blank), Missing.Result, bool, double or string.</param>
    private sealed record Tree(string Printed, int Level, Func<object?> Value)
    {
        /// <summary>The characters of a text that is a number.</summary>
        public string? Quoted { get; init; }

        public string At(int level) => Level >= level ? Printed : $"({Printed})";
    }
}
