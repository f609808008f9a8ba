using System.Text;
using Cairn.Core;
using Cairn.Core.Expressions;
using Cairn.Core.Expressions.Patterns;
using FsCheck;
using FsCheck.Fluent;

namespace Cairn.Tests.Expressions;

/// <summary>Makes well-typed expressions over the text columns a, b, c and d, and odd texts for their cells.</summary>
internal static class Generated
{
    public static readonly string[] Columns = ["a", "b", "c", "d"];

    private static readonly FilePlace Nowhere = new("generated");

    // Few different characters, so that what is sought is often there: letters with unusual case, white space of all kinds and what only looks like it,
    // combining marks, characters beyond 16 bits, NUL, quotes, and what numbers are made of.
    private static readonly string[] Bits =
    [
        "a", "b", "B", "k", "K", "i", "I", "\u212A", "\u0130", "\u0131", "\u017F", "\u00DF", "\u1E9E", "\u00E9", "e\u0301", "\U0001F986", "\U00010400", "\u01C5", "\u023A",
        " ", " ", "\t", "\n", "\v", "\u001C", "\u0085", "\u00A0", "\u1680", "\u2003", "\u200B", "\u180E", "\u2028", "\u202F", "\u205F", "\u3000", "\uFEFF",
        "\0", "'", "\"", "\\", ".", ",", "/", "-", "+", "%", "_", "$1", "0", "1", "7", "e5", "barcode", "BarCode", " barcode ", "Barcode 00000140.", "true",
    ];

    private static readonly string[] Numbers =
    [
        "0", "-0", "007", "1", "-1", "+5", "12.50", "1e5", "1E+5", "-1.5e-7", "1e15", "1e16", "123456789012345678", "999999999999999999", "1000000000000000000", "1e999", "1e-999", "-1e999",
        "0.1", "1.", ".5", "1_000", " 1", "0x10", "1e", "--1", "9007199254740993", "1.7976931348623157e308", "4.9e-324", "0.30000000000000004", "123456789.123456789", "1e99999999999999999999", "0e99999999999999999999", "٣", "inf", "nan",
    ];

    /// <summary>A cell: null when blank.</summary>
    public static readonly Gen<string?> Cell = Gen.Frequency(
        (2, Gen.Constant<string?>(null)),
        (2, Gen.Elements(Numbers).Select(n => (string?)n)),
        (8, Gen.Choose(1, 8).SelectMany(n => Gen.Elements(Bits).ListOf(n)).Select(bits => (string?)string.Concat(bits))),
        (1, Gen.Choose(30, 2000).SelectMany(n => Gen.Elements(Bits).ListOf(n)).Select(bits => (string?)string.Concat(bits))));

    public static readonly Gen<CellRow> Row = Cell.ArrayOf(Columns.Length).SelectMany(cells => Gen.Choose(1, 40).Select(n => new CellRow(n, cells)));

    /// <summary>An expression of any type.</summary>
    public static readonly Gen<Expression> Any = Gen.Choose(1, 5).SelectMany(depth => Gen.Frequency((3, Text(depth)), (2, Condition(depth)), (1, Integer(depth)), (1, Number(depth))));

    private static readonly Gen<string> SomeText = Gen.Frequency(
        (1, Gen.Elements(Numbers)), (4, Gen.Elements(Bits)), (2, Gen.Elements(Bits).ListOf(2).Select(string.Concat)));

    private static readonly Gen<Expression> TextLiteral = SomeText.Select(t => (Expression)new LiteralExpression(t, Nowhere));

    private static readonly Gen<Expression> TextLeaf = Gen.Frequency(
        (5, Gen.Elements(Columns).Select(c => (Expression)new ColumnExpression(c, Nowhere))),
        (2, TextLiteral),
        (1, Gen.Elements(("nothing", ""), ("wanted", "CC0")).Select(p => (Expression)new ParameterExpression(p.Item1, p.Item2, Nowhere))));

    private static readonly Gen<Expression> Blank = Gen.Constant<Expression>(new ParameterExpression("nothing", "", Nowhere));

    private static readonly Gen<Expression> Null = Gen.Constant<Expression>(new LiteralExpression(null, Nowhere));

    private static Gen<Expression> Text(int depth) => Once("text", depth, BuildText);

    private static Gen<Expression> BuildText(int depth) => depth == 0 ? TextLeaf : Gen.OneOf(
        TextLeaf,
        Gen.Elements("lower", "upper", "trim").SelectMany(f => Call(f, Text(depth - 1))),
        Call("trim", Text(depth - 1), Text(0)),
        Call("replace", Text(depth - 1), Text(0), Gen.Frequency((3, Text(0)), (1, Literal("")))),
        Call("concat", Any2(depth - 1), Any2(depth - 1), Any2(depth - 1)),
        Call("substr", Text(depth - 1), Integer(depth / 2)),
        Call("substr", Text(depth - 1), Integer(0), Integer(0)),
        Gen.Elements("before", "after").SelectMany(f => Call(f, Text(depth - 1), Text(depth / 2))),
        Call("word_after", Text(depth - 1), Gen.Frequency((5, TextLiteral), (1, Blank))),
        Call("word_after", Call("lower", Text(depth - 1)), Gen.Elements("barcode", "k", "i", "a", "b.", "7").SelectMany(Literal)),
        Call("part", Text(depth - 1), Gen.Frequency((5, TextLiteral), (1, Blank)), Integer(0)),
        Call("coalesce", Text(depth - 1), Null, Text(depth - 1)),
        Call("nullif", Text(depth - 1), Text(depth - 1)),
        Call("if", Condition(depth - 1), Text(depth - 1), Gen.Frequency((3, Text(depth - 1)), (1, Null))),
        Binary(Gen.Constant(BinaryOperator.Concatenate), Any2(depth - 1), Any2(depth - 1)));

    private static Gen<Expression> Any2(int depth) => Gen.Frequency((4, Text(depth)), (1, Integer(depth)), (1, Number(depth)), (depth == 0 ? 0 : 1, depth == 0 ? Null : Condition(depth - 1)), (1, Null));

    // A generator of a kind and depth is made when it is first asked for, and once: made at once, all would be made of all.
    private static Gen<Expression> Once(string kind, int depth, Func<int, Gen<Expression>> build) =>
        Gen.Constant(0).SelectMany(_ => Made.TryGetValue((kind, depth), out Gen<Expression>? made) ? made : Made[(kind, depth)] = build(depth));

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<(string, int), Gen<Expression>> Made = new();

    private static Gen<Expression> Integer(int depth) => Once("integer", depth, BuildInteger);

    private static Gen<Expression> BuildInteger(int depth)
    {
        Gen<Expression> leaf = Gen.Frequency(
            (3, Gen.Elements(0L, 1L, 2L, 3L, 5L, -1L, -7L, 1900L, 4294967296L, long.MaxValue).Select(n => (Expression)new LiteralExpression(n, Nowhere))),
            (1, Call("row")), (2, Call("length", TextLeaf)), (2, Call("integer", TextLeaf)));
        return depth == 0 ? leaf : Gen.OneOf(
            leaf,
            Call("length", Text(depth - 1)),
            Call("integer", Text(depth - 1)),
            Call("coalesce", Integer(depth - 1), Integer(depth - 1)),
            Call("nullif", Integer(depth - 1), Integer(depth - 1)),
            Call("if", Condition(depth - 1), Integer(depth - 1), Integer(depth - 1)),
            Negated(Integer(depth - 1)),
            Binary(Arithmetic, Integer(depth - 1), Integer(depth - 1)));
    }

    private static Gen<Expression> Number(int depth) => Once("number", depth, BuildNumber);

    private static Gen<Expression> BuildNumber(int depth)
    {
        Gen<Expression> leaf = Gen.Frequency(
            (2, Gen.Elements(0.5, 1.0, -0.0, 0.1, 2.5e300, 1e15, 1e16, 1.2345e16, 1e-5, 0.00012).Select(n => (Expression)new LiteralExpression(n, Nowhere))),
            (1, Gen.Choose(int.MinValue, int.MaxValue).SelectMany(m => Gen.Choose(-30, 30).Select(e => (Expression)new LiteralExpression(m * Math.Pow(10, e), Nowhere)))),
            (3, Call("number", TextLeaf)));
        return depth == 0 ? leaf : Gen.OneOf(
            leaf,
            Call("number", Text(depth - 1)),
            Call("coalesce", Number(depth - 1), Integer(depth - 1)),
            Call("nullif", Integer(depth - 1), Number(depth - 1)),
            Call("if", Condition(depth - 1), Number(depth - 1), Null),
            Negated(Number(depth - 1)),
            Binary(Arithmetic, Number(depth - 1), Integer(depth - 1)),
            Binary(Arithmetic, Number(depth - 1), Number(depth - 1)));
    }

    private static Gen<Expression> Condition(int depth) => Once("condition", depth, BuildCondition);

    private static Gen<Expression> BuildCondition(int depth)
    {
        Gen<Expression> questions = Gen.OneOf(
            Gen.Elements("contains", "starts_with", "ends_with").SelectMany(f => Call(f, Text(depth / 2), Text(0))),
            Call("contains", Call("lower", Text(depth / 2)), Gen.Elements("barcode", "k", "i", "ab", "é", "bi", "Barcode", "barcode 00000140.").SelectMany(Literal)),
            Call("matches", Text(depth / 2), PatternText.SelectMany(Literal)),
            Binary(Comparisons, Text(depth / 2), Text(depth / 2)),
            Binary(Comparisons, Integer(depth / 2), Integer(depth / 2)),
            Binary(Comparisons, Number(depth / 2), Gen.OneOf(Integer(depth / 2), Number(depth / 2))),
            In(Text(depth / 2), TextLeafItem), In(Integer(depth / 2), Gen.Elements(1L, 2L, 5L, -1L).Select(n => (Expression)new LiteralExpression(n, Nowhere))),
            In(Number(depth / 2), Gen.Elements<object>(1L, 0.5, 0.0, 5L).Select(n => (Expression)new LiteralExpression(n, Nowhere))),
            Any2(depth / 2).SelectMany(e => Gen.Elements(UnaryOperator.IsNull, UnaryOperator.IsNotNull).Select(o => (Expression)new UnaryExpression(o, e, Nowhere))));
        return depth == 0 ? questions : Gen.OneOf(
            questions,
            questions,
            Condition(depth - 1).Select(e => (Expression)new UnaryExpression(UnaryOperator.Not, e, Nowhere)),
            Binary(Gen.Elements(BinaryOperator.And, BinaryOperator.Or), Condition(depth - 1), Condition(depth - 1)),
            Binary(Gen.Elements(BinaryOperator.Equal, BinaryOperator.NotEqual), Condition(depth - 1), Condition(depth - 1)),
            Call("coalesce", Condition(depth - 1), Gen.Elements(true, false).Select(t => (Expression)new LiteralExpression(t, Nowhere))));
    }

    private static readonly Gen<BinaryOperator> Arithmetic = Gen.Elements(BinaryOperator.Add, BinaryOperator.Subtract, BinaryOperator.Multiply);

    private static readonly Gen<BinaryOperator> Comparisons = Gen.Elements(
        BinaryOperator.Equal, BinaryOperator.NotEqual, BinaryOperator.Less, BinaryOperator.LessOrEqual, BinaryOperator.Greater, BinaryOperator.GreaterOrEqual);

    private static readonly Gen<Expression> TextLeafItem = Gen.Frequency((5, TextLiteral), (1, Blank));

    private static readonly string[] PatternBits =
    [
        "a", "b", "k", "B", "é", "\U0001F986", ".", "\\d", "\\D", "\\w", "\\W", "\\s", "\\S", "[ab]", "[^a]", "[a-e0-9]", "[^\\s.]", "[\\w-]", "[]x]", "[^]a]", "\\.", "\\/", "\\\\", "\\x41", "\\x{1F986}", "\\t", "\\n", "\\v",
        "^", "$", " ", "-", "'", "0", "1", "\\$", "\u2003", "]", "}", "[é-ü]", "[$^.]", "\\-", "barcode",
    ];

    private static readonly Gen<string> PatternAtom = Gen.Elements(PatternBits);

    /// <summary>Patterns that are accepted.</summary>
    public static readonly Gen<string> PatternText = Pattern(3).Where(p => p.Length > 0 && Core.Expressions.Patterns.Pattern.Parse(p, out _, out _) is not null);

    private static Gen<string> Pattern(int depth) => depth == 0 ? PatternAtom : Gen.OneOf(
        PatternAtom,
        Pattern(depth - 1).SelectMany(a => Pattern(depth - 1).Select(b => a + b)),
        Pattern(depth - 1).SelectMany(a => Pattern(depth - 1).Select(b => $"({a}|{b})")),
        Gen.Elements("*", "+", "?", "{2}", "{0,2}", "{1,}", "*?", "+?").SelectMany(q => Pattern(depth - 1).Select(p => $"(?:{p}){q}")),
        Gen.Elements("*", "+", "?", "{2}").SelectMany(q => PatternAtom.Select(p => p + q)),
        Pattern(depth - 1).Select(p => "^" + p),
        Pattern(depth - 1).Select(p => p + "$"));

    private static Gen<Expression> Literal(string text) => Gen.Constant<Expression>(new LiteralExpression(text, Nowhere));

    private static Gen<Expression> Negated(Gen<Expression> number) =>
        number.Where(n => n is not LiteralExpression).Select(n => (Expression)new UnaryExpression(UnaryOperator.Negate, n, Nowhere));

    private static Gen<Expression> Binary(Gen<BinaryOperator> operators, Gen<Expression> left, Gen<Expression> right) =>
        operators.SelectMany(o => left.SelectMany(a => right.Select(b => (Expression)new BinaryExpression(o, a, b, Nowhere))));

    private static Gen<Expression> In(Gen<Expression> operand, Gen<Expression> item) =>
        operand.SelectMany(o => Gen.Choose(1, 4).SelectMany(n => item.ListOf(n)).SelectMany(items =>
            Gen.Elements(true, false).Select(negated => (Expression)new InExpression(o, [.. items], negated, Nowhere))));

    private static Gen<Expression> Call(string function, params Gen<Expression>[] arguments) =>
        arguments.Aggregate(Gen.Constant<Expression[]>([]), (made, next) => made.SelectMany(all => next.Select(one => (Expression[])[.. all, one])))
            .Select(all => (Expression)new CallExpression(function, all, Nowhere));
}
