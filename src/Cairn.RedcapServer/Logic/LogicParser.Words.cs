using Cairn.Core;

namespace Cairn.RedcapServer.Logic;

/// <summary>Calls, the words that are values, and what to say of all other words.</summary>
internal sealed partial class LogicParser
{
    private const string StrayComma = "a comma only stands between the values of a function; decimals are written with a point";

    private static readonly string[] Sql = ["where", "select", "from", "like", "ilike", "in", "is", "between", "having", "exists", "regexp", "rlike"];

    private LogicNode Word()
    {
        LogicToken word = _token;
        Advance();
        if (_token.Kind == LogicTokenKind.Open)
        {
            return Call(word);
        }

        return word.Text.ToLowerInvariant() switch
        {
            "true" => new LiteralNode(LogicValue.OfTruth(true)),
            "false" => new LiteralNode(LogicValue.OfTruth(false)),
            "null" or "nan" => new LiteralNode(LogicValue.NoResult),
            _ => throw UnknownWord(word),
        };
    }

    private CallNode Call(LogicToken name)
    {
        if (!LogicFunctions.TryFind(name.Text, out LogicFunction? function))
        {
            string? near = DidYouMean.Of(name.Text, LogicFunctions.All.Select(f => f.Name));
            throw IsSql(name) ? SqlError(name)
                : Error(name.Start, $"there is no function {Shortened.Of(name.Text)}()" + (near is null ? "" : $"; did you mean {near}()?"));
        }

        Enter();
        int opened = _token.Start;
        Advance();
        List<LogicNode> arguments = [];
        List<int> starts = [];
        while (_token.Kind != LogicTokenKind.Close || arguments.Count > 0)
        {
            starts.Add(_token.Start);
            arguments.Add(Expression());
            if (_token.Kind != LogicTokenKind.Comma)
            {
                break;
            }

            Advance();
        }

        if (_token.Kind is not (LogicTokenKind.Close or LogicTokenKind.End))
        {
            throw MissingOperator();
        }

        Expect(LogicTokenKind.Close, opened, $"the parenthesis ( of {function.Name} that opens here is not closed");
        _nesting--;
        if (arguments.Count < function.Least || arguments.Count > function.Most)
        {
            throw Error(name.Start, $"{function.Name}({function.Arguments}) takes {function.Arity}, not {arguments.Count}");
        }

        return function.Check?.Invoke(arguments) is (int at, string what) ? throw Error(starts[at], what) : new CallNode(function.Call, [.. arguments]);
    }

    private LogicException MissingValue() => Error(_token.Start, _token.Kind switch
    {
        LogicTokenKind.End => "the logic ends where a value was expected",
        LogicTokenKind.Close => "a value was expected before this )",
        LogicTokenKind.Comma => "a value was expected before this comma",
        _ => $"a value was expected, such as [field], 'text' or 1, not {_token.Text}",
    });

    private LogicException MissingOperator() => _token.Kind switch
    {
        LogicTokenKind.Word when IsSql(_token) => SqlError(_token),
        LogicTokenKind.Word => UnknownWord(_token),
        LogicTokenKind.Comma => Error(_token.Start, StrayComma),
        LogicTokenKind.Power => Error(_token.Start, "both sides of ^ stand in parentheses: (a)^(b)"),
        LogicTokenKind.Not => Error(_token.Start, "`and` or `or` was expected before this"),
        _ => Error(_token.Start, $"an operator was expected before this, such as =, <>, <, >, `and` or `or`"),
    };

    private LogicException UnknownWord(LogicToken word)
    {
        if (IsSql(word))
        {
            return SqlError(word);
        }

        string shown = Shortened.Of(word.Text);
        if (LogicFunctions.TryFind(word.Text, out LogicFunction? function))
        {
            return Error(word.Start, $"{function.Name} is a function and takes its values in parentheses: {function.Name}({function.Arguments})");
        }

        if (_names.IsField(word.Text.ToLowerInvariant()))
        {
            return Error(word.Start, $"a field is written in brackets: [{shown}]");
        }

        return Error(word.Start, $"the word {shown} has no meaning here: a field is written [{shown}], a text '{shown}'");
    }

    private static bool IsSql(LogicToken word) => Sql.Contains(word.Text, StringComparer.OrdinalIgnoreCase);

    private LogicException SqlError(LogicToken word) => Error(word.Start, $"{word.Text} is SQL and has no meaning here: " + word.Text.ToLowerInvariant() switch
    {
        "like" or "ilike" or "regexp" or "rlike" => "write contains([field], 'text'), starts_with or ends_with",
        "in" => "write [field] = 'a' or [field] = 'b'",
        "is" => "write [field] = '' for blank and [field] <> '' for not blank",
        "between" => "write [field] >= 1 and [field] <= 9",
        _ => "write the condition alone, such as [field] = 'text'",
    });
}
