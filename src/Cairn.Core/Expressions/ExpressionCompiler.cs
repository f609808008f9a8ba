using System.Text;
using Cairn.Core.Expressions.Native;
using Cairn.Core.Flows;

namespace Cairn.Core.Expressions;

/// <summary>
/// Makes the native form of an expression, which works on UTF-8 without making strings. The expression must have passed <see cref="ExpressionTypes.Check"/>;
/// otherwise it throws <see cref="ArgumentException"/>.
/// </summary>
public sealed class ExpressionCompiler
{
    private readonly Func<string, int> _columnIndex;
    private readonly IReadOnlyDictionary<string, ColumnType>? _types;

    private ExpressionCompiler(Func<string, int> columnIndex, IReadOnlyDictionary<string, ColumnType>? types)
    {
        _columnIndex = columnIndex;
        _types = types;
    }

    /// <param name="columnIndex">The index by which the row view knows a column.</param>
    /// <param name="types">The declared types, the same as for the check; null when all columns are text.</param>
    public static RowCondition Condition(Expression expression, Func<string, int> columnIndex, IReadOnlyDictionary<string, ColumnType>? types = null) =>
        new(new ExpressionCompiler(columnIndex, types).Compile(expression).AsTruth());

    /// <summary>The value as the text of a cell: numbers with the fewest digits that keep their value, conditions as true and false.</summary>
    /// <param name="columnIndex">The index by which the row view knows a column.</param>
    /// <param name="types">The declared types, the same as for the check; null when all columns are text.</param>
    public static RowText Text(Expression expression, Func<string, int> columnIndex, IReadOnlyDictionary<string, ColumnType>? types = null) =>
        new(new ExpressionCompiler(columnIndex, types).Compile(expression).AsPrinted());

    private Node Compile(Expression expression) => expression switch
    {
        ColumnExpression column => Column(column),
        ParameterExpression parameter => new ConstantText(Encoding.UTF8.GetBytes(parameter.Value)),
        LiteralExpression literal => Literal(literal.Value),
        UnaryExpression unary => Unary(unary.Operator, Compile(unary.Operand)),
        BinaryExpression binary => Binary(binary.Operator, Compile(binary.Left), Compile(binary.Right)),
        InExpression membership => In(membership),
        CallExpression call => Call(call),
        _ => throw new ArgumentException("a kind of expression is not known here", nameof(expression)),
    };

    // A cell of a declared type is text still; it is read as its type here.
    private Node Column(ColumnExpression column)
    {
        var cell = new Cell(_columnIndex(column.Name));
        return (_types?.GetValueOrDefault(column.Name) ?? ColumnType.Text) switch
        {
            ColumnType.Integer => new ParseInteger(cell),
            ColumnType.Decimal => new ParseNumber(cell),
            ColumnType.Boolean => new TextIs(cell, "true"u8.ToArray(), equal: true),
            _ => cell,
        };
    }

    private static Node Literal(object? value) => value switch
    {
        string text => new ConstantText(Encoding.UTF8.GetBytes(text)),
        long whole => new ConstantInteger(whole),
        double number => new ConstantNumber(number),
        bool truth => new ConstantTruth(truth),
        _ => new NullNode(),
    };

    private static Node Unary(UnaryOperator operation, Node operand) => (operation switch
    {
        UnaryOperator.Not => new Not(operand.AsTruth()),
        UnaryOperator.IsNull => new NullTest(operand, whenNull: true),
        UnaryOperator.IsNotNull => new NullTest(operand, whenNull: false),
        _ when operand is Node<double> number => new NumberNegation(number),
        _ => (Node)new IntegerArithmetic(BinaryOperator.Subtract, new ConstantInteger(0), operand.AsInteger()),
    }).Folded(operand);

    private static Node Binary(BinaryOperator operation, Node left, Node right) => (operation switch
    {
        BinaryOperator.And => new And(left.AsTruth(), right.AsTruth()),
        BinaryOperator.Or => new Or(left.AsTruth(), right.AsTruth()),
        BinaryOperator.Concatenate => new Concatenation(left.AsPrinted(), right.AsPrinted(), overNull: false),
        BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply => Common(left, right) == ValueType.Number
            ? new NumberArithmetic(operation, left.AsNumber(), right.AsNumber())
            : new IntegerArithmetic(operation, left.AsInteger(), right.AsInteger()),
        _ => (Node)Comparison(operation, left, right),
    }).Folded(left, right);

    private static TruthNode Comparison(BinaryOperator operation, Node left, Node right) => Common(left, right) switch
    {
        ValueType.Integer => new IntegerComparison(operation, left.AsInteger(), right.AsInteger()),
        ValueType.Number => new NumberComparison(operation, left.AsNumber(), right.AsNumber()),
        ValueType.Boolean => new TruthComparison(operation, left.AsTruth(), right.AsTruth()),
        ValueType.Text when operation is BinaryOperator.Equal or BinaryOperator.NotEqual && right is ConstantText { Text: { Length: > 0 } wanted }
            => new TextIs(left.AsText(), wanted, operation == BinaryOperator.Equal),
        _ => new TextComparison(operation, left.AsText(), right.AsText()),
    };

    private static ValueType Common(Node left, Node right) =>
        ExpressionTypes.Common(left.Type, right.Type) ?? throw new ArgumentException("an expression was compiled that has not been checked");

    private Node In(InExpression membership)
    {
        Node operand = Compile(membership.Operand);
        Node[] items = [.. membership.Items.Select(Compile)];
        Node[] present = [.. items.Where(i => !i.IsNull(Constants.NoRow, new Scratch()))];
        bool hasNull = present.Length < items.Length;
        ValueType type = items.Append(operand).Aggregate(ValueType.Unknown, (common, node) =>
            ExpressionTypes.Common(common, node.Type) ?? throw new ArgumentException("an expression was compiled that has not been checked"));
        TruthNode node = type switch
        {
            ValueType.Integer => new ValueIn<long>(operand.AsInteger(), Values(present.Select(i => i.AsInteger())), hasNull, membership.Negated),
            ValueType.Number => new ValueIn<double>(operand.AsNumber(), Values(present.Select(i => i.AsNumber())), hasNull, membership.Negated),
            ValueType.Boolean => new ValueIn<bool>(operand.AsTruth(), Values(present.Select(i => i.AsTruth())), hasNull, membership.Negated),
            _ => new TextIn(operand.AsText(), present.Select(i => ((ConstantText)i).Text), hasNull, membership.Negated),
        };
        return node.Folded(operand);
    }

    private static HashSet<T> Values<T>(IEnumerable<Node<T>> items) =>
        [.. items.Select(i => i.TryEval(Constants.NoRow, new Scratch(), out T value) ? value : throw new InvalidOperationException("a null among the values"))];

    private Node Call(CallExpression call)
    {
        Function function = FunctionTable.Find(call.Function) ?? throw new ArgumentException($"there is no function {call.Function}");
        Node[] arguments = [.. call.Arguments.Select(Compile)];
        Node node = function.Native(arguments);
        return arguments.Length == 0 ? node : node.Folded(arguments);
    }
}
