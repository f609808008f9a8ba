namespace Cairn.Core.Expressions;

/// <summary>
/// Reads an expression (docs/reference/expressions.md). From the loosest to the tightest: or; and; not; comparisons, is, in, between; ||; + and -; *;
/// a minus sign.
/// </summary>
public sealed partial class ExpressionParser
{
    /// <summary>Deeper nesting is a problem: evaluation goes down the tree, and the stack of a thread is not endless.</summary>
    public const int MaximumDepth = 200;

    /// <summary>The number of parts after BETWEEN is written out; more is a problem.</summary>
    public const int MaximumSize = 20_000;

    /// <summary>In characters.</summary>
    public const int MaximumLength = 200_000;

    private const int OrLevel = 1;
    private const int AndLevel = 2;
    private const int NotLevel = 3;
    private const int ComparisonLevel = 4;
    private const int MinusLevel = 8;

    private static readonly Dictionary<string, (BinaryOperator Operator, int Level)> Operators = new(StringComparer.OrdinalIgnoreCase)
    {
        ["or"] = (BinaryOperator.Or, OrLevel),
        ["and"] = (BinaryOperator.And, AndLevel),
        ["="] = (BinaryOperator.Equal, ComparisonLevel),
        ["<>"] = (BinaryOperator.NotEqual, ComparisonLevel),
        ["!="] = (BinaryOperator.NotEqual, ComparisonLevel),
        ["<"] = (BinaryOperator.Less, ComparisonLevel),
        ["<="] = (BinaryOperator.LessOrEqual, ComparisonLevel),
        [">"] = (BinaryOperator.Greater, ComparisonLevel),
        [">="] = (BinaryOperator.GreaterOrEqual, ComparisonLevel),
        ["||"] = (BinaryOperator.Concatenate, 5),
        ["+"] = (BinaryOperator.Add, 6),
        ["-"] = (BinaryOperator.Subtract, 6),
        ["*"] = (BinaryOperator.Multiply, 7),
    };

    private readonly ExpressionPlaces _places;
    private readonly IReadOnlyDictionary<string, string> _parameters;
    private readonly List<Problem> _problems;
    private readonly List<Token> _tokens;
    private int _next;
    private int _nesting;

    private ExpressionParser(List<Token> tokens, ExpressionPlaces places, IReadOnlyDictionary<string, string> parameters, List<Problem> problems)
    {
        _tokens = tokens;
        _places = places;
        _parameters = parameters;
        _problems = problems;
    }

    /// <summary>Words that are not columns unless they stand in double quotes.</summary>
    public static IReadOnlySet<string> ReservedWords { get; } =
        new HashSet<string>(["and", "or", "not", "is", "in", "between", "null", "true", "false"], StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Reads an expression; null when problems (codes <c>expression/...</c>, kind Usage) were added. Never throws, whatever the text.
    /// </summary>
    /// <param name="place">Where the expression's text begins in the flow file.</param>
    /// <param name="parameters">Values by name, without the <c>$</c>.</param>
    public static Expression? Parse(string text, FilePlace place, IReadOnlyDictionary<string, string> parameters, List<Problem> problems)
    {
        var places = new ExpressionPlaces(place, text);
        if (text.Length > MaximumLength)
        {
            problems.Add(new("expression/too-long", ProblemKind.Usage, $"an expression of {text.Length} characters is longer than {MaximumLength}", place,
                "keep long lists of values in a table and join with it"));
            return null;
        }

        int before = problems.Count;
        if (Tokenizer.Cut(text, places, problems) is not { } tokens)
        {
            return null;
        }

        if (tokens.Count == 1)
        {
            problems.Add(new("expression/empty", ProblemKind.Usage, "an expression is empty", place,
                "write a condition such as rights = 'CC0', or a value such as lower(name)"));
            return null;
        }

        var parser = new ExpressionParser(tokens, places, parameters, problems);
        Part? part = parser.Operation(OrLevel);
        if (part is not null && parser.Peek.Kind != TokenKind.End)
        {
            parser.Unexpected("the expression could end here");
        }

        return problems.Count == before ? part?.Expression : null;
    }

    private Token Peek => _tokens[_next];

    private Token Take() => _tokens[_next++];

    private bool TakeIf(string symbol)
    {
        if (!Peek.Is(symbol))
        {
            return false;
        }

        _next++;
        return true;
    }

    private bool TakeWord(string word)
    {
        if (!Peek.IsWord(word))
        {
            return false;
        }

        _next++;
        return true;
    }

    // An expression with the part of the text it was read from, and how deep and large it is.
    private sealed record Part(Expression Expression, int Start, int End, int Depth, int Size);

    private Part? Operation(int level)
    {
        if (++_nesting > MaximumDepth)
        {
            return TooDeep(Peek.Start);
        }

        Part? left = Prefix();
        while (left is not null && Level(Peek) is { } here && here >= level)
        {
            left = here == ComparisonLevel ? Compared(left) : Joined(left, Operators[Take().Text]);
            if (here == ComparisonLevel && left is not null && Level(Peek) == ComparisonLevel)
            {
                return Stop("expression/chained", "comparisons cannot be chained", Peek, "write a < b and b < c, or put brackets around one of them");
            }
        }

        _nesting--;
        return left;
    }

    private static int? Level(Token token) => token.Kind switch
    {
        TokenKind.Symbol or TokenKind.Name when Operators.TryGetValue(token.Text, out var found) => found.Level,
        TokenKind.Name when token.IsWord("is") || token.IsWord("in") || token.IsWord("between") || token.IsWord("not") => ComparisonLevel,
        _ => null,
    };

    private Part? Prefix()
    {
        Token token = Peek;
        if (token.IsWord("not"))
        {
            _next++;
            return Operation(NotLevel) is { } operand
                ? Made(new UnaryExpression(UnaryOperator.Not, operand.Expression, Span(token, operand.End)), token.Start, operand.End, operand)
                : null;
        }

        if (!token.Is("-"))
        {
            return Primary();
        }

        _next++;
        if (Operation(MinusLevel) is not { } number)
        {
            return null;
        }

        FilePlace place = Span(token, number.End);
        Expression negative = number.Expression switch
        {
            LiteralExpression { Value: long whole } => new LiteralExpression(-whole, place),
            LiteralExpression { Value: double real } => new LiteralExpression(-real, place),
            Expression other => new UnaryExpression(UnaryOperator.Negate, other, place),
        };
        return Made(negative, token.Start, number.End, number);
    }

    private Part? Joined(Part left, (BinaryOperator Operator, int Level) found) =>
        Operation(found.Level + 1) is { } right
            ? Made(new BinaryExpression(found.Operator, left.Expression, right.Expression, Span(left, right.End)), left.Start, right.End, left, right)
            : null;

    private Part? Compared(Part left)
    {
        if (TakeWord("is"))
        {
            UnaryOperator test = TakeWord("not") ? UnaryOperator.IsNotNull : UnaryOperator.IsNull;
            int end = Peek.End;
            return TakeWord("null")
                ? Made(new UnaryExpression(test, left.Expression, Span(left, end)), left.Start, end, left)
                : Unexpected("after is comes null or not null");
        }

        bool negated = TakeWord("not");
        if (TakeWord("in"))
        {
            return In(left, negated);
        }

        if (TakeWord("between"))
        {
            return Between(left, negated);
        }

        return negated ? Unexpected("after not comes in or between") : Joined(left, Operators[Take().Text]);
    }

    private Part? Between(Part value, bool negated)
    {
        if (Operation(ComparisonLevel + 1) is not { } low)
        {
            return null;
        }

        if (!TakeWord("and"))
        {
            return Unexpected("between needs two limits: between 1 and 12");
        }

        if (Operation(ComparisonLevel + 1) is not { } high)
        {
            return null;
        }

        FilePlace place = Span(value, high.End);
        Expression both = new BinaryExpression(
            BinaryOperator.And,
            new BinaryExpression(BinaryOperator.GreaterOrEqual, value.Expression, low.Expression, place),
            new BinaryExpression(BinaryOperator.LessOrEqual, value.Expression, high.Expression, place),
            place);
        Part? made = Made(both, value.Start, high.End, value, value, low, high);
        return made is null || !negated ? made : Made(new UnaryExpression(UnaryOperator.Not, both, place), value.Start, high.End, made);
    }

    private Part? In(Part value, bool negated)
    {
        if (!TakeIf("("))
        {
            return Unexpected("after in comes a list: in ('a', 'b')");
        }

        var items = new List<Expression>();
        do
        {
            Token first = Peek;
            if (Operation(ComparisonLevel + 1) is not { } item)
            {
                return null;
            }

            if (item.Expression is not (LiteralExpression or ParameterExpression))
            {
                return Stop("expression/list-of-values", "a list after in holds texts, numbers and parameters only", first, "compare with a column by = and or");
            }

            items.Add(item.Expression);
        }
        while (TakeIf(","));

        int end = Peek.End;
        if (!TakeIf(")"))
        {
            return Unexpected("a list after in ends with )");
        }

        Part? made = Made(new InExpression(value.Expression, items, negated, Span(value, end)), value.Start, end, value);
        return made is null ? null : Sized(made with { Size = made.Size + items.Count });
    }

    private FilePlace Span(Token first, int end) => _places.At(first.Start, end - first.Start);

    private FilePlace Span(Part left, int end) => _places.At(left.Start, end - left.Start);

    private static Part Leaf(Expression expression, Token token) => new(expression, token.Start, token.End, 1, 1);

    private Part? Made(Expression expression, int start, int end, params ReadOnlySpan<Part> parts)
    {
        int depth = 0;
        int size = 1;
        foreach (Part part in parts)
        {
            depth = Math.Max(depth, part.Depth);
            size += part.Size;
        }

        return depth + 1 > MaximumDepth ? TooDeep(start) : Sized(new Part(expression, start, end, depth + 1, size));
    }

    private Part? Sized(Part part) => part.Size <= MaximumSize
        ? part
        : Stop("expression/too-long", $"an expression has more than {MaximumSize} parts", _tokens[0], "keep long lists of values in a table and join with it");

    private Part? TooDeep(int start) => Stop(
        "expression/too-deep", $"an expression is nested more than {MaximumDepth} levels deep", _tokens.Find(t => t.Start >= start),
        "write a list as in (...), and derive parts of it as columns of their own");

    private Part? Unexpected(string expected)
    {
        Token token = Peek;
        if (token.Kind == TokenKind.End)
        {
            return Stop("expression/unfinished", $"the expression ends too early: {expected}", token, null);
        }

        string? help = token.Is("=") && _next > 0 && _tokens[_next - 1].Is("=") ? "equality is written with one ="
            : token.IsWord("like") || token.IsWord("ilike") ? "write contains(t, 'x'), starts_with, ends_with or matches(t, pattern)"
            : token.IsWord("case") ? "write if(condition, a, b)"
            : null;
        string shown = token.Kind == TokenKind.Text ? $"'{Shortened.Of(token.Text)}'" : $"`{Shortened.Of(token.Text)}`";
        return Stop("expression/unexpected", $"{shown} is not expected: {expected}", token, help);
    }

    private Part? Stop(string code, string message, Token token, string? help)
    {
        _problems.Add(new(code, ProblemKind.Usage, message, _places.At(token.Start, token.Length), help));
        return null;
    }
}
