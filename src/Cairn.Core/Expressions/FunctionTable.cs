using Cairn.Core.Expressions.Native;

namespace Cairn.Core.Expressions;

/// <summary>
/// The closed set of functions. A text function gives NULL where its result would be empty, and NULL when an argument is NULL unless it says otherwise.
/// </summary>
internal static class FunctionTable
{
    private static readonly FunctionArgument TextArgument = new("text", ArgumentType.Text);

    private static readonly Dictionary<string, Function> ByName =
        Texts().Concat(Pieces()).Concat(Questions()).Concat(Values()).ToDictionary(f => f.Name, StringComparer.Ordinal);

    /// <summary>In the order of the reference.</summary>
    public static IReadOnlyList<Function> All { get; } = [.. ByName.Values];

    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys];

    /// <param name="name">In lower case.</param>
    public static Function? Find(string name) => ByName.GetValueOrDefault(name);

    private static IEnumerable<Function> Texts()
    {
        yield return new("lower", [TextArgument], ValueType.Text,
            "The text in lower case. Each character is mapped by itself (Unicode's simple mappings), whatever the language.",
            [new("lower('Barcode 00000140')", "barcode 00000140"), new("lower('ÉTÉ')", "été")])
        { Native = a => new LetterCase(a[0].AsText(), upper: false) };
        yield return new("upper", [TextArgument], ValueType.Text,
            "The text in upper case. Each character is mapped by itself.",
            [new("upper('cc0')", "CC0")])
        { Native = a => new LetterCase(a[0].AsText(), upper: true) };
        yield return new("trim", [TextArgument, new("characters", ArgumentType.Text, Optional: true)], ValueType.Text,
            "The text without white space at both ends, or without any of the given characters.",
            [new("trim('  Quercus ')", "Quercus"), new("trim('.,00000140.', '.,')", "00000140"), new("trim('   ')", null)])
        { Native = a => a.Length == 1 ? new TrimWhiteSpace(a[0].AsText()) : TrimOf(a[0].AsText(), a[1].AsText()) };
        yield return new("replace", [TextArgument, new("from", ArgumentType.Text), new("to", ArgumentType.TextOrNothing)], ValueType.Text,
            "The text with every `from` replaced by `to`. A blank `from` changes nothing; a blank `to`, or '', removes.",
            [new("replace('a-b-c', '-', '/')", "a/b/c"), new("replace('US 00123', ' ', '')", "US00123")])
        { Native = a => new Replacement(a[0].AsText(), a[1].AsText(), a[2].AsText()) };
        yield return new("concat", [new("value", ArgumentType.Any, Repeated: true)], ValueType.Text,
            "The values one after the other; blanks are passed over. (With || the result is blank when either side is.)",
            [new("concat('US ', null, 140)", "US 140")])
        { Native = a => Concatenation.Of([.. a.Select(v => v.AsPrinted())]) };
    }

    private static IEnumerable<Function> Pieces()
    {
        yield return new("substr", [TextArgument, new("start", ArgumentType.Integer), new("length", ArgumentType.Integer, Optional: true)], ValueType.Text,
            "The characters from position `start` (the first is 1), all or so many. Blank when `start` is less than 1.",
            [new("substr('2018-05-31', 1, 4)", "2018"), new("substr('barcode', 4)", "code"), new("substr('abc', 0, 2)", null)])
        { Native = a => new Substring(a[0].AsText(), a[1].AsInteger(), a.Length == 3 ? a[2].AsInteger() : null) };
        yield return new("before", [TextArgument, new("mark", ArgumentType.Text)], ValueType.Text,
            "What stands before the first `mark`; blank when the mark is not there.",
            [new("before('00000140.jpg', '.')", "00000140"), new("before('stained', '.')", null)])
        { Native = a => new BesideMark(a[0].AsText(), a[1].AsText(), after: false) };
        yield return new("after", [TextArgument, new("mark", ArgumentType.Text)], ValueType.Text,
            "What stands after the first `mark`; blank when the mark is not there.",
            [new("after('stained/00000140.jpg', '/')", "00000140.jpg"), new("before(after('stained/00000140.jpg', '/'), '.')", "00000140")])
        { Native = a => new BesideMark(a[0].AsText(), a[1].AsText(), after: true) };
        yield return new("word_after", [TextArgument, new("word", ArgumentType.FixedText)], ValueType.Text,
            "The word that follows the first `word`; words are what stands between white space. Blank when the word is not there or is the last.",
            [new("word_after('US National Herbarium specimen, barcode 00000140', 'barcode')", "00000140"), new("word_after('Barcode 00000140', 'barcode')", null)])
        { Native = a => WordAfter.Of(a[0].AsText(), ((ConstantText)a[1]).Text) };
        yield return new("part", [TextArgument, new("separator", ArgumentType.FixedText), new("n", ArgumentType.Integer)], ValueType.Text,
            "The n-th piece of a text cut at each `separator`, from 1; blank past the end.",
            [new("part('USA|Texas|Travis', '|', 2)", "Texas"), new("part('USA', '|', 2)", null)])
        { Native = a => new Piece(a[0].AsText(), a[1].AsText(), a[2].AsInteger()) };
    }

    private static IEnumerable<Function> Questions()
    {
        yield return new("length", [TextArgument], ValueType.Integer,
            "The number of characters (Unicode code points).",
            [new("length('00000140')", "8"), new("length('été')", "3")])
        { Native = a => new Length(a[0].AsText()) };
        yield return new("contains", [TextArgument, new("part", ArgumentType.Text)], ValueType.Boolean,
            "Whether the text holds `part`, letter for letter.",
            [new("contains('specimen, barcode 140', 'barcode')", "true"), new("contains('BARCODE 140', 'barcode')", "false")])
        { Native = a => Contains.Of(a[0].AsText(), a[1].AsText()) };
        yield return new("starts_with", [TextArgument, new("beginning", ArgumentType.Text)], ValueType.Boolean,
            "Whether the text begins so.",
            [new("starts_with('US 00123456', 'US ')", "true")])
        { Native = a => new StartsWith(a[0].AsText(), a[1].AsText()) };
        yield return new("ends_with", [TextArgument, new("end", ArgumentType.Text)], ValueType.Boolean,
            "Whether the text ends so.",
            [new("ends_with('00000140.jpg', '.tif')", "false")])
        { Native = a => new EndsWith(a[0].AsText(), a[1].AsText()) };
        yield return new("matches", [TextArgument, new("pattern", ArgumentType.Pattern)], ValueType.Boolean,
            "Whether the pattern is found anywhere in the text; ^ and $ stand for its begin and end.",
            [new("matches('00000140', '^[0-9]{8}$')", "true"), new(@"matches('US 00123456', '^\d+$')", "false")])
        { Native = a => Matching.Of(a[0].AsText(), ((ConstantText)a[1]).Text) };
    }

    private static IEnumerable<Function> Values()
    {
        yield return new("number", [new("text", ArgumentType.TextOrNumber)], ValueType.Number,
            "The number a text is: digits, a sign, a decimal point, an exponent. Blank for any other text.",
            [new("number('1.5e3')", "1500"), new("number('1,5')", null), new("number('1900') < 1901", "true")])
        { Native = a => a[0].Type is ValueType.Text or ValueType.Unknown ? new ParseNumber(a[0].AsText()) : a[0].AsNumber() };
        yield return new("integer", [new("text", ArgumentType.TextOrInteger)], ValueType.Integer,
            "The whole number a text is: a sign and up to 18 digits. Blank for any other text.",
            [new("integer('007')", "7"), new("integer('7.0')", null)])
        { Native = a => a[0].Type is ValueType.Text or ValueType.Unknown ? new ParseInteger(a[0].AsText()) : a[0].AsInteger() };
        yield return new("coalesce", [new("value", ArgumentType.Value, Repeated: true)], null,
            "The first value that is not blank.",
            [new("coalesce(null, 'unknown')", "unknown")])
        { Native = Choices.Coalesce };
        yield return new("nullif", [new("value", ArgumentType.Value), new("unwanted", ArgumentType.Value)], null,
            "The value, or blank when it equals `unwanted`.",
            [new("nullif('n/a', 'n/a')", null), new("nullif('Texas', 'n/a')", "Texas")])
        { Native = a => Choices.NullIf(a[0], a[1]) };
        yield return new("if", [new("condition", ArgumentType.Condition), new("then", ArgumentType.Value), new("otherwise", ArgumentType.Value)], null,
            "`then` when the condition is true, `otherwise` when it is false or unknown.",
            [new("if(length('140') = 8, 'barcode', 'other')", "other")])
        { Native = a => Choices.If(a[0], a[1], a[2]) };
        yield return new("row", [], ValueType.Integer,
            "The number of the row in the table at hand, from 1.",
            [new("row() - 1", "0")])
        { Native = _ => new RowNumber() };
    }

    private static TextNode TrimOf(Node<ReadOnlySpan<byte>> text, Node<ReadOnlySpan<byte>> characters) =>
        characters is ConstantText { Text: [< 0x80 and var only] } ? new TrimByte(text, only) : new TrimCharacters(text, characters);
}
