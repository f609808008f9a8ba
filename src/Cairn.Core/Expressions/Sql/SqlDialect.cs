namespace Cairn.Core.Expressions.Sql;

/// <summary>
/// How one engine writes what engines write differently. Each form must give, for every input, exactly what the native form gives. Where a form is asked for
/// a text, an empty one must come out as NULL. All operands come bracketed where they need it, and of the type the native form takes.
/// </summary>
internal abstract class SqlDialect
{
    public static readonly SqlDialect DuckDb = new DuckDbDialect();

    /// <summary>A text literal; the text is not empty.</summary>
    public abstract string Text(string text);

    /// <summary>A number literal of 64 bits; negative ones in brackets.</summary>
    public abstract string Number(double number);

    /// <summary>A column's name, or any other.</summary>
    public abstract string Name(string name);

    /// <summary>A NULL of a type; of type Unknown, a text.</summary>
    public abstract string Null(ValueType type);

    /// <summary>Addition, subtraction or multiplication (the sign is given) of integers; NULL where the result does not fit in 64 bits.</summary>
    public abstract string IntegerArithmetic(string left, string sign, string right);

    /// <summary>The same of numbers; NULL where the result is not finite.</summary>
    public abstract string NumberArithmetic(string left, string sign, string right);

    public abstract string IntegerAsNumber(string integer);

    /// <summary>A value of this type as the text of a cell.</summary>
    public abstract string Printed(string value, ValueType type);

    /// <summary>A call of a function of <see cref="FunctionTable"/>.</summary>
    public abstract string Call(string function, IReadOnlyList<SqlArgument> arguments);
}

/// <summary>An argument in SQL.</summary>
/// <param name="Fixed">The value where it is written in the flow: a literal's or a parameter's; null for a blank one too.</param>
internal readonly record struct SqlArgument(string Sql, ValueType Type, bool IsFixed = false, object? Fixed = null);
