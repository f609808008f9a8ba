using System.Globalization;
using Cairn.Core.Expressions.Sql;
using Cairn.Core.Flows;

namespace Cairn.Core.Expressions;

/// <summary>
/// Writes an expression as SQL that gives, for every row, what the native form gives. The expression must have passed <see cref="ExpressionTypes.Check"/>;
/// otherwise it throws <see cref="ArgumentException"/>. Literals and parameters stand as quoted literals, so the SQL can be read and run as it is.
/// </summary>
public sealed class ExpressionSql
{
    /// <summary>The column that holds a row's number, as <c>columnSql</c> is asked for it by row().</summary>
    public const string RowColumn = "_row";

    private readonly Func<string, string> _columnSql;
    private readonly IReadOnlyDictionary<string, ColumnType>? _types;
    private readonly SqlDialect _dialect = SqlDialect.DuckDb;

    private ExpressionSql(Func<string, string> columnSql, IReadOnlyDictionary<string, ColumnType>? types)
    {
        _columnSql = columnSql;
        _types = types;
    }

    /// <summary>The value in its own type: VARCHAR, BIGINT, DOUBLE or BOOLEAN. A condition can stand after WHERE as it is.</summary>
    /// <param name="columnSql">
    /// A column's SQL by name, bracketed where it is no plain name: text (also where a type is declared), NULL for a blank cell, never empty; for
    /// <see cref="RowColumn"/> a BIGINT.
    /// </param>
    /// <param name="types">The declared types, the same as for the check; null when all columns are text.</param>
    public static string Write(Expression expression, Func<string, string> columnSql, IReadOnlyDictionary<string, ColumnType>? types = null)
    {
        var writer = new ExpressionSql(columnSql, types);
        return writer.Typed(writer.Part(expression));
    }

    /// <summary>The value as the text of a cell, as <see cref="ExpressionCompiler.Text"/> gives it: VARCHAR, never empty.</summary>
    /// <param name="columnSql">As for <see cref="Write"/>.</param>
    /// <param name="types">As for <see cref="Write"/>.</param>
    public static string WriteText(Expression expression, Func<string, string> columnSql, IReadOnlyDictionary<string, ColumnType>? types = null)
    {
        var writer = new ExpressionSql(columnSql, types);
        return writer.Printed(writer.Part(expression));
    }

    /// <summary>A name as an identifier.</summary>
    public static string Identifier(string name) => SqlDialect.DuckDb.Name(name);

    // How tightly SQL binds; what binds less tightly than its place asks for goes into brackets.
    private enum Binding
    {
        Or,
        And,
        Not,
        Comparison,
        Sum,
        Atom,
    }

    private readonly record struct Piece(string Sql, ValueType Type, Binding Binding = Binding.Atom, bool IsFixed = false, object? Fixed = null)
    {
        public string Within(Binding place) => Binding >= place ? Sql : $"({Sql})";
    }

    private Piece Part(Expression expression) => expression switch
    {
        ColumnExpression column => Column(column.Name),
        ParameterExpression parameter => Text(parameter.Value),
        LiteralExpression { Value: string text } => Text(text),
        LiteralExpression { Value: long whole } => new(whole < 0 ? $"({Whole(whole)})" : Whole(whole), ValueType.Integer, IsFixed: true, Fixed: whole),
        LiteralExpression { Value: double number } => new(_dialect.Number(number), ValueType.Number, IsFixed: true, Fixed: number),
        LiteralExpression { Value: bool truth } => new(truth ? "TRUE" : "FALSE", ValueType.Boolean, IsFixed: true, Fixed: truth),
        LiteralExpression => new("NULL", ValueType.Unknown, IsFixed: true),
        UnaryExpression unary => Unary(unary.Operator, Part(unary.Operand)),
        BinaryExpression binary => Binary(binary.Operator, Part(binary.Left), Part(binary.Right)),
        InExpression membership => In(membership),
        CallExpression call => Call(call),
        _ => throw new ArgumentException("a kind of expression is not known here", nameof(expression)),
    };

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);

    private Piece Text(string text) => text.Length == 0
        ? new(_dialect.Null(ValueType.Text), ValueType.Text, IsFixed: true)
        : new(_dialect.Text(text), ValueType.Text, IsFixed: true, Fixed: text);

    private Piece Column(string name)
    {
        string sql = _columnSql(name);
        return (_types?.GetValueOrDefault(name) ?? ColumnType.Text) switch
        {
            ColumnType.Integer => new(_dialect.Call("integer", [new(sql, ValueType.Text)]), ValueType.Integer),
            ColumnType.Decimal => new(_dialect.Call("number", [new(sql, ValueType.Text)]), ValueType.Number),
            ColumnType.Boolean => new($"{sql} = {_dialect.Text("true")}", ValueType.Boolean, Binding.Comparison),
            _ => new(sql, ValueType.Text),
        };
    }

    private Piece Unary(UnaryOperator operation, Piece operand) => operation switch
    {
        UnaryOperator.Not => new($"NOT {As(operand, ValueType.Boolean).Within(Binding.Not)}", ValueType.Boolean, Binding.Not),
        UnaryOperator.IsNull => new($"{operand.Within(Binding.Sum)} IS NULL", ValueType.Boolean, Binding.Comparison),
        UnaryOperator.IsNotNull => new($"{operand.Within(Binding.Sum)} IS NOT NULL", ValueType.Boolean, Binding.Comparison),
        _ when operand.Type == ValueType.Number => new($"-{operand.Within(Binding.Atom)}", ValueType.Number, Binding.Sum),
        _ => new(_dialect.IntegerArithmetic("0", "-", As(operand, ValueType.Integer).Within(Binding.Atom)), ValueType.Integer),
    };

    private Piece Binary(BinaryOperator operation, Piece left, Piece right)
    {
        switch (operation)
        {
            case BinaryOperator.And or BinaryOperator.Or:
                Binding own = operation == BinaryOperator.And ? Binding.And : Binding.Or;
                string word = operation == BinaryOperator.And ? "AND" : "OR";
                return new($"{As(left, ValueType.Boolean).Within(own)} {word} {As(right, ValueType.Boolean).Within(own + 1)}", ValueType.Boolean, own);
            case BinaryOperator.Concatenate:
                return new($"{Printed(left)} || {Printed(right)}", ValueType.Text, Binding.Sum);
            case BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply:
                ValueType type = Common(left.Type, right.Type) == ValueType.Number ? ValueType.Number : ValueType.Integer;
                string a = As(left, type).Within(Binding.Atom);
                string b = As(right, type).Within(Binding.Atom);
                string sign = ExpressionText.Sign(operation);
                return new(type == ValueType.Number ? _dialect.NumberArithmetic(a, sign, b) : _dialect.IntegerArithmetic(a, sign, b), type);
            default:
                ValueType common = Common(left.Type, right.Type);
                string first = As(left, common).Within(Binding.Sum);
                string second = As(right, common).Within(Binding.Sum);
                return new($"{first} {ExpressionText.Sign(operation)} {second}", ValueType.Boolean, Binding.Comparison);
        }
    }

    private Piece In(InExpression membership)
    {
        Piece operand = Part(membership.Operand);
        Piece[] items = [.. membership.Items.Select(Part)];
        ValueType common = items.Aggregate(operand.Type, (type, item) => Common(type, item.Type));
        string list = string.Join(", ", items.Select(i => As(i, common).Sql));
        return new($"{As(operand, common).Within(Binding.Sum)} {(membership.Negated ? "NOT IN" : "IN")} ({list})", ValueType.Boolean, Binding.Comparison);
    }

    private Piece Call(CallExpression call)
    {
        Function function = FunctionTable.Find(call.Function) ?? throw new ArgumentException($"there is no function {call.Function}");
        if (function.Name == "row")
        {
            return new(_columnSql(RowColumn), ValueType.Integer);
        }

        Piece[] given = [.. call.Arguments.Select(Part)];
        ValueType common = given.Where((_, i) => function.Argument(i).Type == ArgumentType.Value)
            .Aggregate(ValueType.Unknown, (type, piece) => Common(type, piece.Type));
        SqlArgument[] arguments = [.. given.Select((piece, i) => Argument(piece, function.Argument(i).Type, common))];
        return new(_dialect.Call(function.Name, arguments), function.Result ?? common);
    }

    private SqlArgument Argument(Piece piece, ArgumentType wanted, ValueType common)
    {
        Piece converted = wanted switch
        {
            ArgumentType.Any => new(Printed(piece), ValueType.Text),
            ArgumentType.Value => As(piece, common),
            ArgumentType.Condition => As(piece, ValueType.Boolean),
            ArgumentType.Integer => As(piece, ValueType.Integer),
            ArgumentType.TextOrInteger or ArgumentType.TextOrNumber when piece.Type is ValueType.Integer or ValueType.Number => piece,
            _ => As(piece, ValueType.Text),
        };
        return new(converted.Sql, converted.Type, converted.IsFixed, converted.Fixed);
    }

    // The piece where this type is wanted: a NULL gets the type, an integer becomes a number.
    private Piece As(Piece piece, ValueType type) => (piece.Type, type) switch
    {
        (ValueType.Unknown, ValueType.Unknown) => piece,
        (ValueType.Unknown, _) => new(_dialect.Null(type), type, IsFixed: piece.IsFixed),
        (ValueType.Integer, ValueType.Number) => new(_dialect.IntegerAsNumber(piece.Sql), ValueType.Number),
        _ => piece,
    };

    private static ValueType Common(ValueType a, ValueType b) =>
        ExpressionTypes.Common(a, b) ?? throw new ArgumentException("SQL was asked of an expression that has not been checked");

    private string Typed(Piece piece) => piece.Type == ValueType.Unknown ? _dialect.Null(ValueType.Text) : piece.Sql;

    private string Printed(Piece piece) => piece.Type switch
    {
        ValueType.Unknown => _dialect.Null(ValueType.Text),
        ValueType.Text => piece.Within(Binding.Atom),
        _ => _dialect.Printed(piece.Sql, piece.Type),
    };
}
