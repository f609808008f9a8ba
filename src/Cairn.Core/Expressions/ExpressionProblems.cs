using static Cairn.Core.ProblemKind;

namespace Cairn.Core.Expressions;

/// <summary>The problem codes of expressions.</summary>
internal static class ExpressionProblems
{
    public static ProblemCode[] All { get; } =
    [
        new("expression/chained", Usage, "One comparison follows another, as in a < b < c.", "Write a < b and b < c, or put brackets around one of them."),
        new("expression/compares-with-null", Usage, "A value is compared with null, which is never true.", "Write `is null` or `is not null`."),
        new("expression/empty", Usage, "An expression is empty.", "Write a condition or a value."),
        new("expression/empty-text", Usage, "An expression holds the text '', which is a blank like any other.", "Write `is null` to ask for blank cells, and null to give one."),
        new("expression/list-of-values", Usage, "A list after `in` holds something else than texts, numbers and parameters.", "Compare with columns by = and `or`."),
        new("expression/not-a-condition", Usage, "A value stands where a condition must stand.", "Write a comparison, such as length(x) > 0 or x is not null."),
        new("expression/number-too-large", Usage, "A number is larger than numbers can be.", "Correct the number."),
        new("expression/pattern", Usage, "A pattern cannot be read, or holds what patterns here do not have.", "The page of expressions says what a pattern may hold."),
        new("expression/text-with-number", Usage, "A text is compared with a number.", "Write number(column) on the one side, or quotes around the number on the other."),
        new("expression/too-deep", Usage, "The parts of an expression stand in each other too deep.", "Write a list as `in (...)`, and derive parts as columns of their own."),
        new("expression/too-long", Usage, "An expression is too long.", "Keep long lists of values in a table and join with it."),
        new("expression/unclosed-name", Usage, "A column's name begins with \" and does not end.", "Close it with \"; texts stand in single quotes."),
        new("expression/unclosed-text", Usage, "A text begins with ' and does not end.", "Close it with '; a ' inside a text is written twice."),
        new("expression/unexpected", Usage, "A word or sign stands where it cannot stand.", "Look at what stands before it."),
        new("expression/unfinished", Usage, "An expression ends too early.", "Write the rest of it."),
        new("expression/unknown-column", Usage, "An expression uses a column the table does not have at this point.", "Correct the name; the message lists the columns that are there."),
        new("expression/unknown-function", Usage, "An expression calls a function that does not exist.", "Correct the name; the page of expressions lists them all."),
        new("expression/unknown-parameter", Usage, "An expression uses a parameter the flow does not declare.", "Correct the name, or declare it under `parameters`."),
        new("expression/unreadable", Usage, "A sign has no meaning in expressions.", "Texts stand in single quotes, columns with unusual names in double quotes."),
        new("expression/wrong-arguments", Usage, "A function is given too many or too few arguments, or a column where it needs a fixed text.", "Write it as the message shows."),
        new("expression/wrong-type", Usage, "A value is of a type that its place does not take.", "Write number(t) or integer(t) to read a text as a number; texts stand in single quotes."),
    ];
}
