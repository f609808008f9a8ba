using System.Globalization;

namespace Cairn.Core.Expressions;

// What operators stand between: columns, literals, parameters, calls and brackets.
public sealed partial class ExpressionParser
{
    private Part? Primary()
    {
        Token token = Take();
        FilePlace place = _places.At(token.Start, token.Length);
        switch (token.Kind)
        {
            case TokenKind.Text:
                return Leaf(new LiteralExpression(token.Text, place), token);
            case TokenKind.Number:
                return Number(token.Text) is { } number
                    ? Leaf(new LiteralExpression(number, place), token)
                    : Stop("expression/number-too-large", $"{Shortened.Of(token.Text)} is larger than a number can be", token, null);
            case TokenKind.QuotedName:
                return Leaf(new ColumnExpression(token.Text, place), token);
            case TokenKind.Parameter:
                return Parameter(token, place);
            case TokenKind.Name when token.IsWord("null"):
                return Leaf(new LiteralExpression(null, place), token);
            case TokenKind.Name when token.IsWord("true") || token.IsWord("false"):
                return Leaf(new LiteralExpression(token.IsWord("true"), place), token);
            case TokenKind.Name when Peek.Is("("):
                return ReservedWords.Contains(token.Text) ? Missing() : Call(token);
            case TokenKind.Name when !ReservedWords.Contains(token.Text):
                return Leaf(new ColumnExpression(token.Text, place), token);
            case TokenKind.Symbol when token.Text == "(":
                if (Operation(OrLevel) is not { } inner)
                {
                    return null;
                }

                int end = Peek.End;
                return TakeIf(")") ? inner with { Start = token.Start, End = end } : Unexpected("a ( is not closed");
            default:
                return Missing();
        }
    }

    private Part? Missing()
    {
        _next--;
        return Unexpected("a column, a text, a number or a function is missing here");
    }

    // A whole number too large for 64 bits is kept as the nearest number with a point.
    private static object? Number(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long whole))
        {
            return whole;
        }

        double real = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(real) ? real : null;
    }

    private Part? Parameter(Token token, FilePlace place)
    {
        if (!_parameters.TryGetValue(token.Text, out string? value))
        {
            string? meant = DidYouMean.Of(token.Text, _parameters.Keys);
            _problems.Add(new("expression/unknown-parameter", ProblemKind.Usage, $"the flow has no parameter `{token.Text}`", place,
                _parameters.Count == 0 ? "declare it under parameters" : $"its parameters are {string.Join(", ", _parameters.Keys)}")
            { Hint = meant is null ? null : $"did you mean `${meant}`?" });
        }

        return Leaf(new ParameterExpression(token.Text, value ?? "", place), token);
    }

    private Part? Call(Token name)
    {
        string function = name.Text.ToLowerInvariant();
        if (FunctionTable.Find(function) is null)
        {
            string? meant = DidYouMean.Of(function, FunctionTable.Names);
            _problems.Add(new("expression/unknown-function", ProblemKind.Usage, $"there is no function `{name.Text}`", _places.At(name.Start, name.Length),
                $"the functions are {string.Join(", ", FunctionTable.Names)}")
            { Hint = meant is null ? null : $"did you mean `{meant}`?" });
        }

        _next++;
        var arguments = new List<Part>();
        if (!Peek.Is(")"))
        {
            do
            {
                if (Operation(OrLevel) is not { } argument)
                {
                    return null;
                }

                arguments.Add(argument);
            }
            while (TakeIf(","));
        }

        int end = Peek.End;
        if (!TakeIf(")"))
        {
            return Unexpected($"the arguments of {function} end with )");
        }

        var call = new CallExpression(function, [.. arguments.Select(a => a.Expression)], _places.At(name.Start, end - name.Start));
        return Made(call, name.Start, end, [.. arguments]);
    }
}
