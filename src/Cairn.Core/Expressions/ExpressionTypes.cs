using Cairn.Core.Flows;

namespace Cairn.Core.Expressions;

/// <summary>Checks an expression against the columns of its table.</summary>
public sealed partial class ExpressionTypes
{
    private readonly IReadOnlyDictionary<string, ColumnType> _columns;
    private readonly List<Problem> _problems;

    private ExpressionTypes(IReadOnlyDictionary<string, ColumnType> columns, List<Problem> problems)
    {
        _columns = columns;
        _problems = problems;
    }

    /// <summary>
    /// The type of the expression's value. Adds a problem (codes <c>expression/...</c>, kind Usage) for each unknown column, wrong number of arguments and
    /// value of a wrong type; an expression with such a problem cannot be compiled.
    /// </summary>
    /// <param name="columns">Text, unless the flow declared a type.</param>
    public static ValueType Check(Expression expression, IReadOnlyDictionary<string, ColumnType> columns, List<Problem> problems) =>
        new ExpressionTypes(columns, problems).TypeOf(expression);

    /// <summary>As Check, for a place where a condition must stand.</summary>
    public static void CheckCondition(Expression expression, IReadOnlyDictionary<string, ColumnType> columns, List<Problem> problems)
    {
        var check = new ExpressionTypes(columns, problems);
        check.Condition(expression);
    }

    /// <summary>The type of a column's value in an expression. Dates and times are compared as text in ISO form.</summary>
    public static ValueType Of(ColumnType type) => type switch
    {
        ColumnType.Integer => ValueType.Integer,
        ColumnType.Decimal => ValueType.Number,
        ColumnType.Boolean => ValueType.Boolean,
        _ => ValueType.Text,
    };

    /// <summary>The type that holds both; null when there is none. Unknown, the type of a bare NULL, goes with every other.</summary>
    internal static ValueType? Common(ValueType a, ValueType b) =>
        a == b || b == ValueType.Unknown ? a : a == ValueType.Unknown ? b : IsNumber(a) && IsNumber(b) ? ValueType.Number : null;

    private static bool IsNumber(ValueType type) => type is ValueType.Integer or ValueType.Number;

    private ValueType TypeOf(Expression expression) => expression switch
    {
        ColumnExpression column => Column(column),
        ParameterExpression => ValueType.Text,
        LiteralExpression literal => Literal(literal),
        UnaryExpression unary => Unary(unary),
        BinaryExpression binary => Binary(binary),
        InExpression membership => In(membership),
        CallExpression call => Call(call),
        _ => throw new ArgumentException("a kind of expression is not known here", nameof(expression)),
    };

    private ValueType Column(ColumnExpression column)
    {
        if (_columns.TryGetValue(column.Name, out ColumnType type))
        {
            return Of(type);
        }

        string? meant = DidYouMean.Of(column.Name, _columns.Keys);
        string known = _columns.Count <= 40 ? string.Join(", ", _columns.Keys) : $"{string.Join(", ", _columns.Keys.Take(40))} and {_columns.Count - 40} more";
        _problems.Add(new("expression/unknown-column", ProblemKind.Usage, $"there is no column `{column.Name}` here", column.Place, $"the columns are {known}")
        {
            Hint = meant is null ? null : $"did you mean `{meant}`?",
        });
        return ValueType.Unknown;
    }

    private ValueType Literal(LiteralExpression literal)
    {
        if (literal.Value is "")
        {
            Problem("expression/empty-text", literal, "'' is a blank, and a blank is null", "to ask for blank cells write `x is null`; to give one write null");
        }

        return literal.Value switch
        {
            string => ValueType.Text,
            long => ValueType.Integer,
            double => ValueType.Number,
            bool => ValueType.Boolean,
            _ => ValueType.Unknown,
        };
    }

    private ValueType Unary(UnaryExpression unary)
    {
        switch (unary.Operator)
        {
            case UnaryOperator.Not:
                return Condition(unary.Operand);
            case UnaryOperator.Negate:
                return Number(unary.Operand, "a minus sign");
            default:
                TypeOf(unary.Operand);
                return ValueType.Boolean;
        }
    }

    private ValueType Binary(BinaryExpression binary)
    {
        switch (binary.Operator)
        {
            case BinaryOperator.And or BinaryOperator.Or:
                Condition(binary.Left);
                return Condition(binary.Right);
            case BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply:
                string sign = ExpressionText.Sign(binary.Operator);
                ValueType left = Number(binary.Left, sign);
                return Common(left, Number(binary.Right, sign)) ?? ValueType.Unknown;
            case BinaryOperator.Concatenate:
                TypeOf(binary.Left);
                TypeOf(binary.Right);
                return ValueType.Text;
            default:
                return Comparison(binary);
        }
    }

    private ValueType Comparison(BinaryExpression binary)
    {
        ValueType left = TypeOf(binary.Left);
        ValueType right = TypeOf(binary.Right);
        if ((binary.Left, binary.Right) is (LiteralExpression { Value: null }, _) or (_, LiteralExpression { Value: null }))
        {
            Expression other = binary.Left is LiteralExpression { Value: null } ? binary.Right : binary.Left;
            string test = binary.Operator == BinaryOperator.NotEqual ? "is not null" : "is null";
            Problem("expression/compares-with-null", binary, "a comparison with null is never true", $"write {other.ToText()} {test}");
        }
        else if (Common(left, right) is null)
        {
            Mismatch(binary, left, right, binary.Operator);
        }
        else if (left == ValueType.Boolean && binary.Operator is not (BinaryOperator.Equal or BinaryOperator.NotEqual))
        {
            Problem("expression/wrong-type", binary, "true and false have no order", "compare conditions with = or <>");
        }

        return ValueType.Boolean;
    }

    private void Mismatch(BinaryExpression binary, ValueType left, ValueType right, BinaryOperator operation)
    {
        bool textFirst = left == ValueType.Text;
        Expression text = textFirst ? binary.Left : binary.Right;
        Expression other = textFirst ? binary.Right : binary.Left;
        if (!(left == ValueType.Text || right == ValueType.Text) || !IsNumber(textFirst ? right : left))
        {
            string both = Shortened.Of(binary.ToText());
            Problem("expression/wrong-type", binary, $"{Named(left)} is compared with {Named(right)}: {both}", "compare values of one type");
            return;
        }

        string? help = null;
        if (text is LiteralExpression { Value: string written })
        {
            bool isNumber = double.TryParse(written, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _);
            help = isNumber ? $"write {Turned(written, other.ToText())}" : null;
        }
        else
        {
            help = $"write {Turned(new CallExpression("number", [text], text.Place).ToText(), other.ToText())}";
        }

        string shown = Shortened.Of(text.ToText());
        Problem("expression/text-with-number", binary, $"the text {shown} is compared with a number", help ?? "compare values of one type");

        string Turned(string mine, string others) =>
            textFirst ? $"{mine} {ExpressionText.Sign(operation)} {others}" : $"{others} {ExpressionText.Sign(operation)} {mine}";
    }

    private ValueType In(InExpression membership)
    {
        ValueType operand = TypeOf(membership.Operand);
        foreach (Expression item in membership.Items)
        {
            ValueType type = TypeOf(item);
            if (item is LiteralExpression { Value: null })
            {
                Problem("expression/compares-with-null", item, "null in a list is never met", $"write {Shortened.Of(membership.Operand.ToText())} is null or ...");
            }
            else if (Common(operand, type) is null)
            {
                string list = membership.Operand.ToText();
                string help = operand == ValueType.Text && item is LiteralExpression
                    ? $"write '{item.ToText()}', or number({list}) in (...)"
                    : "give values of one type";
                Problem("expression/wrong-type", item, $"{Shortened.Of(item.ToText())} is {Named(type)}, and {Shortened.Of(list)} is {Named(operand)}", help);
            }
        }

        return ValueType.Boolean;
    }

    private ValueType Condition(Expression expression)
    {
        ValueType type = TypeOf(expression);
        if (type is not (ValueType.Boolean or ValueType.Unknown))
        {
            string value = Shortened.Of(expression.ToText());
            string comparison = IsNumber(type) ? $"{value} > 0" : $"{value} is not null";
            Problem("expression/not-a-condition", expression, $"{value} is {Named(type)}, not a condition", $"write a comparison, such as {comparison}");
        }

        return ValueType.Boolean;
    }

    private ValueType Number(Expression expression, string sign)
    {
        ValueType type = TypeOf(expression);
        if (type is ValueType.Text or ValueType.Boolean)
        {
            string help = type == ValueType.Boolean ? "conditions are joined with and, or"
                : $"write number({expression.ToText()}){(sign == "+" ? "; texts are joined with ||" : "")}";
            Problem("expression/wrong-type", expression, $"{sign} works on numbers; {Shortened.Of(expression.ToText())} is {Named(type)}", help);
            return ValueType.Unknown;
        }

        return type;
    }

    private void Problem(string code, Expression at, string message, string help) => _problems.Add(new(code, ProblemKind.Usage, message, at.Place, help));

    private static string Named(ValueType type) => type switch
    {
        ValueType.Text => "a text",
        ValueType.Integer => "a whole number",
        ValueType.Number => "a number",
        ValueType.Boolean => "a condition",
        _ => "null",
    };
}
