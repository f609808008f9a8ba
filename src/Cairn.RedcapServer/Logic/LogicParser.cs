using System.Runtime.CompilerServices;

namespace Cairn.RedcapServer.Logic;

/// <summary>
/// Reads logic. Loosest to tightest: <c>or</c>; <c>and</c>; <c>not</c>; <c>= &lt;&gt;</c>; <c>&lt; &lt;= &gt; &gt;=</c>; <c>+ -</c>; <c>* /</c>; a sign or
/// <c>!</c>; <c>(a)^(b)</c>. Comparisons are not chained, and neither are powers.
/// </summary>
internal sealed partial class LogicParser
{
    private const int OrLevel = 1;
    private const int AndLevel = 2;
    private const int NotLevel = 3;
    private const int EqualityLevel = 4;
    private const int SumLevel = 6;
    private const int ProductLevel = 7;

    // Published projects nest if() up to some 250 deep; beyond this nobody wrote it by hand.
    private const int MostNesting = 300;

    private readonly string _text;
    private readonly ILogicNames _names;
    private readonly LogicLexer _lexer;
    private readonly OrderedDictionary<string, bool> _fields = [];
    private LogicToken _token;
    private int _nesting;
    private bool _namesEvents;

    public LogicParser(string text, ILogicNames names)
    {
        (_text, _names, _lexer) = (text, names, new LogicLexer(text));
        _token = _lexer.Next();
    }

    /// <summary>The fields referred to, each once, in order of appearance.</summary>
    public IReadOnlyList<string> Fields => [.. _fields.Keys];

    /// <summary>Whether a reference names an event other than the one at hand.</summary>
    public bool NamesEvents => _namesEvents;

    public LogicNode Read()
    {
        if (_token.Kind == LogicTokenKind.End)
        {
            throw Error(0, "there is no condition or calculation");
        }

        LogicNode node = Expression();
        return _token.Kind switch
        {
            LogicTokenKind.End => node,
            LogicTokenKind.Close => throw Error(_token.Start, "this ) closes nothing"),
            _ => throw MissingOperator(),
        };
    }

    private LogicNode Expression() => Binary(OrLevel);

    // What binds at least as tightly as asked for.
    private LogicNode Binary(int weakest)
    {
        LogicNode left = _token.Kind == LogicTokenKind.Not && weakest <= NotLevel ? Negation() : Unary();
        while (Level(_token.Kind) is int level and > 0 && level >= weakest)
        {
            left = level switch
            {
                OrLevel => new OrNode(Conditions(left, LogicTokenKind.Or, AndLevel)),
                AndLevel => new AndNode(Conditions(left, LogicTokenKind.And, NotLevel)),
                SumLevel => new SumNode(Operands(left, LogicTokenKind.Plus, LogicTokenKind.Minus, ProductLevel)),
                ProductLevel => new ProductNode(Operands(left, LogicTokenKind.Times, LogicTokenKind.Divide, ProductLevel + 1)),
                _ => Compared(left, level),
            };
        }

        return left;
    }

    // `not [a] = 1` is `not ([a] = 1)`.
    private LogicNode Negation()
    {
        bool negated = false;
        while (_token.Kind == LogicTokenKind.Not)
        {
            negated = !negated;
            Advance();
        }

        var condition = new NotNode(Binary(EqualityLevel));
        return negated ? condition : new NotNode(condition);
    }

    private LogicNode[] Conditions(LogicNode first, LogicTokenKind kind, int tighter)
    {
        List<LogicNode> all = [first];
        while (_token.Kind == kind)
        {
            Advance();
            all.Add(Binary(tighter));
        }

        return [.. all];
    }

    private Operand[] Operands(LogicNode first, LogicTokenKind plain, LogicTokenKind inverse, int tighter)
    {
        List<Operand> all = [new(first, false)];
        while (_token.Kind == plain || _token.Kind == inverse)
        {
            bool isInverse = _token.Kind == inverse;
            Advance();
            all.Add(new Operand(Binary(tighter), isInverse));
        }

        return [.. all];
    }

    private ComparisonNode Compared(LogicNode left, int level)
    {
        Comparison comparison = _token.Kind switch
        {
            LogicTokenKind.Equal => Comparison.Equal,
            LogicTokenKind.NotEqual => Comparison.NotEqual,
            LogicTokenKind.Less => Comparison.Less,
            LogicTokenKind.LessOrEqual => Comparison.LessOrEqual,
            LogicTokenKind.Greater => Comparison.Greater,
            _ => Comparison.GreaterOrEqual,
        };
        Advance();
        LogicNode right = Binary(level + 1);
        if (Level(_token.Kind) == level)
        {
            throw Error(_token.Start, "comparisons cannot follow one another: put `and` between them, or parentheses round one");
        }

        return new ComparisonNode(comparison, left, right);
    }

    private LogicNode Unary()
    {
        if (_token.Kind is LogicTokenKind.Minus or LogicTokenKind.Plus or LogicTokenKind.Not)
        {
            LogicTokenKind sign = _token.Kind;
            Enter();
            Advance();
            LogicNode node = Unary();
            _nesting--;
            return sign == LogicTokenKind.Not ? new NotNode(node) : new SignNode(sign == LogicTokenKind.Minus, node);
        }

        bool inParentheses = _token.Kind == LogicTokenKind.Open;
        LogicNode number = Primary();
        if (_token.Kind != LogicTokenKind.Power)
        {
            return number;
        }

        int power = _token.Start;
        Advance();
        if (!inParentheses || _token.Kind != LogicTokenKind.Open)
        {
            throw Error(power, "both sides of ^ stand in parentheses: (a)^(b)");
        }

        var raised = new PowerNode(number, Primary());
        return _token.Kind == LogicTokenKind.Power ? throw Error(_token.Start, "powers cannot follow one another: write ((a)^(b))^(c)") : raised;
    }

    private LogicNode Primary()
    {
        LogicToken token = _token;
        switch (token.Kind)
        {
            case LogicTokenKind.Number:
                Advance();
                return NumberText.TryRead(token.Text, out double number) ? new LiteralNode(LogicValue.OfNumber(number))
                    : throw Error(token.Start, "this number is too large");
            case LogicTokenKind.Text:
                Advance();
                return new LiteralNode(token.Text == "NaN" ? LogicValue.NoResult : LogicValue.Literal(token.Text));
            case LogicTokenKind.Bracket:
                return Reference();
            case LogicTokenKind.Word:
                return Word();
            case LogicTokenKind.Open:
                Enter();
                Advance();
                LogicNode inner = Expression();
                Expect(LogicTokenKind.Close, token.Start, "the parenthesis ( that opens here is not closed");
                _nesting--;
                return inner;
            default:
                throw MissingValue();
        }
    }

    private static int Level(LogicTokenKind kind) => kind switch
    {
        LogicTokenKind.Or => OrLevel,
        LogicTokenKind.And => AndLevel,
        LogicTokenKind.Equal or LogicTokenKind.NotEqual => EqualityLevel,
        LogicTokenKind.Less or LogicTokenKind.LessOrEqual or LogicTokenKind.Greater or LogicTokenKind.GreaterOrEqual => EqualityLevel + 1,
        LogicTokenKind.Plus or LogicTokenKind.Minus => SumLevel,
        LogicTokenKind.Times or LogicTokenKind.Divide => ProductLevel,
        _ => 0,
    };

    private void Advance() => _token = _lexer.Next();

    private void Expect(LogicTokenKind kind, int opened, string otherwise)
    {
        if (_token.Kind != kind)
        {
            throw _token.Kind == LogicTokenKind.End ? Error(opened, otherwise) : MissingOperator();
        }

        Advance();
    }

    private void Enter()
    {
        if (++_nesting > MostNesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Error(_token.Start, $"parentheses, functions and signs are nested more than {MostNesting} deep");
        }
    }

    private LogicException Error(int position, string what) => LogicException.At(_text, position, what);
}
