namespace Cairn.Core.Expressions;

// The arguments of calls.
public sealed partial class ExpressionTypes
{
    private ValueType Call(CallExpression call)
    {
        Function? function = FunctionTable.Find(call.Function);
        if (function is null)
        {
            Problem("expression/unknown-function", call, $"there is no function `{call.Function}`", $"the functions are {string.Join(", ", FunctionTable.Names)}");
            return ValueType.Unknown;
        }

        if (call.Arguments.Count < function.Fewest || call.Arguments.Count > function.Most)
        {
            string takes = $"{function.Name} takes {Counted(function.Fewest, function.Most)}";
            Problem("expression/wrong-arguments", call, $"{takes}, not {call.Arguments.Count}", $"write {function.Signature}");
            return function.Result ?? ValueType.Unknown;
        }

        ValueType common = ValueType.Unknown;
        for (int i = 0; i < call.Arguments.Count; i++)
        {
            Argument(function, function.Argument(i), call.Arguments[i], ref common);
        }

        return function.Result ?? common;
    }

    private void Argument(Function function, FunctionArgument argument, Expression given, ref ValueType common)
    {
        if (argument.Type == ArgumentType.TextOrNothing && given is LiteralExpression { Value: "" })
        {
            return;
        }

        ValueType type = argument.Type == ArgumentType.Condition ? Condition(given) : TypeOf(given);
        switch (argument.Type)
        {
            case ArgumentType.Value when Common(common, type) is { } both:
                common = both;
                break;
            case ArgumentType.Value:
                string clash = $"{Shortened.Of(given.ToText())} is {Named(type)}, the one before it is {Named(common)}";
                Problem("expression/wrong-type", given, $"{function.Name} chooses between values of one type: {clash}", "number(t) makes a text a number");
                break;
            case ArgumentType.FixedText or ArgumentType.Pattern when given is not (LiteralExpression { Value: string } or ParameterExpression):
                string must = $"the {argument.Name} that {function.Name} looks for must be a text in quotes or a parameter";
                Problem("expression/wrong-arguments", given, must, $"write {function.Signature}, {argument.Name} in quotes");
                break;
            case ArgumentType.Pattern:
                Pattern(given);
                break;
            default:
                if (!Accepts(argument.Type, type))
                {
                    string help = IsNumber(type) ? $"{function.Signature}: texts stand in single quotes"
                        : type == ValueType.Text && argument.Type == ArgumentType.Integer ? $"write integer({given.ToText()})"
                        : $"write {function.Signature}";
                    string takes = $"{function.Name} takes {Named(argument.Type)} as its {argument.Name}";
                    Problem("expression/wrong-type", given, $"{takes}; {Shortened.Of(given.ToText())} is {Named(type)}", help);
                }

                break;
        }
    }

    private void Pattern(Expression given)
    {
        string pattern = given is ParameterExpression parameter ? parameter.Value : ((LiteralExpression)given).Value as string ?? "";
        if (Patterns.Pattern.Parse(pattern, out string reason, out int at) is null)
        {
            string shown = Shortened.Of(given.ToText());
            Problem("expression/pattern", given, $"the pattern {shown} cannot be used: {reason} (at character {at + 1} of the pattern)",
                "see matches in docs/reference/expressions.md for what a pattern may hold");
        }
    }

    private static bool Accepts(ArgumentType wanted, ValueType given) => given == ValueType.Unknown || wanted switch
    {
        ArgumentType.Integer => given == ValueType.Integer,
        ArgumentType.TextOrInteger => given is ValueType.Text or ValueType.Integer,
        ArgumentType.TextOrNumber => given == ValueType.Text || IsNumber(given),
        ArgumentType.Any or ArgumentType.Condition => true,
        _ => given == ValueType.Text,
    };

    private static string Counted(int fewest, int most) => (fewest, most) switch
    {
        (_, 0) => "no arguments",
        (1, 1) => "1 argument",
        (1, int.MaxValue) => "at least 1 argument",
        (_, int.MaxValue) => $"at least {fewest} arguments",
        _ when fewest == most => $"{most} arguments",
        _ => $"{fewest} to {most} arguments",
    };

    private static string Named(ArgumentType type) => type switch
    {
        ArgumentType.Integer => "a whole number",
        ArgumentType.TextOrInteger => "a text or a whole number",
        ArgumentType.TextOrNumber => "a text or a number",
        _ => "a text",
    };
}
