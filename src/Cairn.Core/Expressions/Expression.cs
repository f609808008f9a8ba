namespace Cairn.Core.Expressions;

/// <summary>
/// A condition or value over the columns of one row, in SQL's notation with a closed set of functions (docs/reference/expressions.md).
/// Logic is SQL's: a blank cell is NULL, and a comparison with NULL is unknown.
/// </summary>
/// <param name="Place">The place in the flow file of the part it was read from.</param>
public abstract record Expression(FilePlace Place)
{
    /// <summary>The expression in the notation of flow files; read again, it gives the same tree.</summary>
    public string ToText() => ExpressionText.Write(this);
}

public enum ValueType
{
    Text,
    Integer,
    Number,
    Boolean,

    /// <summary>The type of a bare NULL.</summary>
    Unknown,
}

public sealed record ColumnExpression(string Name, FilePlace Place) : Expression(Place);

/// <summary><c>$name</c>, already filled in: the run's value as text.</summary>
public sealed record ParameterExpression(string Name, string Value, FilePlace Place) : Expression(Place);

/// <summary>A literal: string, long, double (as written), bool, or null.</summary>
public sealed record LiteralExpression(object? Value, FilePlace Place) : Expression(Place);

public enum UnaryOperator
{
    Not,
    Negate,
    IsNull,
    IsNotNull,
}

public sealed record UnaryExpression(UnaryOperator Operator, Expression Operand, FilePlace Place) : Expression(Place);

public enum BinaryOperator
{
    And,
    Or,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Concatenate,
}

public sealed record BinaryExpression(BinaryOperator Operator, Expression Left, Expression Right, FilePlace Place) : Expression(Place);

/// <summary><c>x IN (a, b)</c> or <c>x NOT IN (a, b)</c>; the items are literals or parameters.</summary>
public sealed record InExpression(Expression Operand, IReadOnlyList<Expression> Items, bool Negated, FilePlace Place) : Expression(Place);

/// <summary>A call of one of the closed set of functions; the name in lower case.</summary>
public sealed record CallExpression(string Function, IReadOnlyList<Expression> Arguments, FilePlace Place) : Expression(Place);
