using Cairn.Core.Expressions.Native;

namespace Cairn.Core.Expressions;

/// <summary>One function of the closed set: what the parser, the checker, the compiler and the reference know of it.</summary>
/// <param name="Name">In lower case.</param>
/// <param name="Result">Null when it is the common type of its arguments of type <see cref="ArgumentType.Value"/>.</param>
/// <param name="About">What it gives, in one sentence or two.</param>
/// <param name="Examples">Each is executed in tests, in the native and in the SQL form.</param>
internal sealed record Function(string Name, IReadOnlyList<FunctionArgument> Arguments, ValueType? Result, string About, IReadOnlyList<FunctionExample> Examples)
{
    /// <summary>Makes the native form from the compiled arguments, which the checker has found right.</summary>
    public required Func<Node[], Node> Native { get; init; }

    public int Fewest => Arguments.Count(a => !a.Optional);

    public int Most => Arguments.Count > 0 && Arguments[^1].Repeated ? int.MaxValue : Arguments.Count;

    /// <summary>The argument at this position; the last one again and again when it may be repeated.</summary>
    public FunctionArgument Argument(int position) => Arguments[Math.Min(position, Arguments.Count - 1)];

    /// <summary>As <c>trim(text[, characters])</c>.</summary>
    public string Signature => $"{Name}({string.Concat(Arguments.Select((a, i) => Shown(a, i == 0 ? "" : ", ")))})";

    private static string Shown(FunctionArgument argument, string comma) =>
        argument.Repeated ? $"{comma}{argument.Name}, ..." : argument.Optional ? $"[{comma}{argument.Name}]" : comma + argument.Name;
}

/// <param name="Optional">May be left out; only the last arguments.</param>
/// <param name="Repeated">May be given any number of times; only the last argument.</param>
internal sealed record FunctionArgument(string Name, ArgumentType Type, bool Optional = false, bool Repeated = false);

/// <param name="Expression">Without columns, so that it can be tried anywhere.</param>
/// <param name="Result">The value as text; null for NULL.</param>
internal sealed record FunctionExample(string Expression, string? Result);

/// <summary>What a function accepts as an argument. A bare NULL is accepted everywhere except where a fixed text is asked for.</summary>
internal enum ArgumentType
{
    Text,

    /// <summary>A text written in the flow: a literal or a parameter.</summary>
    FixedText,

    /// <summary>A fixed text that is a pattern.</summary>
    Pattern,

    /// <summary>A text that may be empty.</summary>
    TextOrNothing,
    Integer,
    TextOrInteger,
    TextOrNumber,
    Condition,

    /// <summary>Any type; it is written as text.</summary>
    Any,

    /// <summary>Any type, the same for all arguments of the call that are so marked.</summary>
    Value,
}
