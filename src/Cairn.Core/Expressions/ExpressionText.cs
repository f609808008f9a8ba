using System.Globalization;
using System.Text;

namespace Cairn.Core.Expressions;

/// <summary>Writes an expression back in the notation it was read from, with brackets only where they are needed.</summary>
public static class ExpressionText
{
    private const int Or = 1;
    private const int And = 2;
    private const int Not = 3;
    private const int Comparison = 4;
    private const int Concatenation = 5;
    private const int Minus = 8;

    public static string Write(Expression expression)
    {
        var text = new StringBuilder();
        Append(text, expression, 0);
        return text.ToString();
    }

    /// <summary>A text literal: in single quotes, those inside it doubled.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static void Append(StringBuilder text, Expression expression, int around)
    {
        // "not" binds loosely yet stands before its operand, so inside anything tighter it needs brackets too.
        int own = LevelOf(expression);
        bool bracketed = own < around;
        text.Append(bracketed ? "(" : "");
        switch (expression)
        {
            case ColumnExpression column:
                text.Append(Name(column.Name));
                break;
            case ParameterExpression parameter:
                text.Append('$').Append(parameter.Name);
                break;
            case LiteralExpression literal:
                text.Append(Literal(literal.Value));
                break;
            case UnaryExpression unary:
                AppendUnary(text, unary, own);
                break;
            case BinaryExpression binary:
                bool comparison = own == Comparison;
                Append(text, binary.Left, comparison ? own + 1 : own);
                text.Append(' ').Append(Sign(binary.Operator)).Append(' ');
                Append(text, binary.Right, own + 1);
                break;
            case InExpression membership:
                Append(text, membership.Operand, own + 1);
                AppendList(text.Append(membership.Negated ? " not in (" : " in ("), membership.Items).Append(')');
                break;
            case CallExpression call:
                AppendList(text.Append(call.Function).Append('('), call.Arguments).Append(')');
                break;
        }

        text.Append(bracketed ? ")" : "");
    }

    private static void AppendUnary(StringBuilder text, UnaryExpression unary, int own)
    {
        switch (unary.Operator)
        {
            case UnaryOperator.Not:
                Append(text.Append("not "), unary.Operand, own);
                break;
            case UnaryOperator.Negate:
                Append(text.Append('-'), unary.Operand, own);
                break;
            default:
                Append(text, unary.Operand, own + 1);
                text.Append(unary.Operator == UnaryOperator.IsNull ? " is null" : " is not null");
                break;
        }
    }

    private static StringBuilder AppendList(StringBuilder text, IReadOnlyList<Expression> items)
    {
        for (int i = 0; i < items.Count; i++)
        {
            Append(text.Append(i == 0 ? "" : ", "), items[i], 0);
        }

        return text;
    }

    private static int LevelOf(Expression expression) => expression switch
    {
        UnaryExpression { Operator: UnaryOperator.Not } => Not,
        UnaryExpression { Operator: UnaryOperator.Negate } => Minus,
        UnaryExpression or InExpression => Comparison,
        BinaryExpression binary => binary.Operator switch
        {
            BinaryOperator.Or => Or,
            BinaryOperator.And => And,
            BinaryOperator.Concatenate => Concatenation,
            BinaryOperator.Add or BinaryOperator.Subtract => 6,
            BinaryOperator.Multiply => 7,
            _ => Comparison,
        },
        _ => 9,
    };

    /// <summary>The operator as written.</summary>
    public static string Sign(BinaryOperator operation) => operation switch
    {
        BinaryOperator.And => "and",
        BinaryOperator.Or => "or",
        BinaryOperator.Equal => "=",
        BinaryOperator.NotEqual => "<>",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        _ => "||",
    };

    private static string Name(string name)
    {
        bool bare = name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(Tokenizer.IsNamePart) && !ExpressionParser.ReservedWords.Contains(name);
        return bare ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Literal(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        string text => Quoted(text),
        double real => Real(real),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null",
    };

    // A whole number that is a double keeps its point: without it, it would be read as an integer.
    private static string Real(double real)
    {
        string text = real.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }
}
