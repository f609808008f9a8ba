using Cairn.Core;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Cairn.Adapters.Yaml;

/// <summary>Turns the marks of the YAML reader into places with the line's text and the length to underline.</summary>
internal sealed class YamlPlaces(string text, string file)
{
    // Lines longer than this are not shown: a caret below a megabyte helps nobody.
    private const int LongestLine = 1000;

    private readonly string[] _lines = Lines(text);

    public FilePlace Whole => new(file);

    public FilePlace At(ParsingEvent? e) => e is null ? Whole : Span(e, e.End, oneLine: true);

    /// <summary>A scalar's text without its quotes; for a block scalar its first line.</summary>
    public FilePlace Of(Scalar scalar)
    {
        (int line, int column) = (Number(scalar.Start.Line), Number(scalar.Start.Column));
        switch (scalar.Style)
        {
            case ScalarStyle.Literal or ScalarStyle.Folded:
                for (int l = line + 1; l <= _lines.Length && l <= scalar.End.Line; l++)
                {
                    string content = _lines[l - 1];
                    int indent = content.Length - content.TrimStart(' ').Length;
                    if (indent < content.Length)
                    {
                        return Place(l, indent + 1, content.TrimEnd().Length - indent);
                    }
                }

                return Place(line, column, 1);
            case ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted:
                return scalar.End.Line == scalar.Start.Line && scalar.End.Column - scalar.Start.Column > 2
                    ? Place(line, column + 1, Number(scalar.End.Column) - column - 2)
                    : Span(scalar, scalar.End, oneLine: true);
            default:
                return Span(scalar, scalar.End, oneLine: true);
        }
    }

    /// <summary>A list or mapping: from bracket to bracket when it stands in one line, else to the end of its first line.</summary>
    public FilePlace Between(ParsingEvent start, ParsingEvent end, bool inBrackets) =>
        Span(start, new Mark(end.Start.Index + 1, end.Start.Line, end.Start.Column + 1), inBrackets);

    private FilePlace Span(ParsingEvent start, Mark end, bool oneLine)
    {
        (int line, int column) = (Number(start.Start.Line), Number(start.Start.Column));
        int rest = line >= 1 && line <= _lines.Length ? _lines[line - 1].TrimEnd().Length - column + 1 : 1;
        int length = oneLine && end.Line == start.Start.Line ? Number(end.Column) - column : rest;
        return Place(line, column, length);
    }

    public Problem NotYaml(YamlException e)
    {
        int line = Math.Clamp(Number(e.Start.Line), 1, Math.Max(1, _lines.Length));
        FilePlace place = Place(line, Math.Max(1, Number(e.Start.Column)), 1);
        if (e.Message.Contains("tab", StringComparison.Ordinal) && TabAfter(line) is FilePlace tab)
        {
            return new Problem("settings/tab", ProblemKind.Usage, "this line is indented with a tab, and YAML takes only spaces there", tab,
                "write two spaces instead of the tab");
        }

        return new Problem("settings/not-yaml", ProblemKind.Usage, "this is not YAML that can be read: " + Reason(e.Message), place,
            "look at this line and the one before it: indentation, a colon without a space, an open quote or bracket");
    }

    // The reader gives the place where the mapping began.
    private FilePlace? TabAfter(int line)
    {
        for (int l = line; l <= _lines.Length; l++)
        {
            string shown = _lines[l - 1];
            int tab = shown.IndexOf('\t', StringComparison.Ordinal);
            if (tab >= 0 && tab < shown.Length - shown.TrimStart().Length)
            {
                return Place(l, tab + 1, 1);
            }
        }

        return null;
    }

    public Problem ControlCharacter(int at)
    {
        int line = 1, start = 0;
        for (int i = 0; i < at; i++)
        {
            if (text[i] == '\n')
            {
                (line, start) = (line + 1, i + 1);
            }
        }

        return new Problem("settings/control-character", ProblemKind.Usage, $"there is a control character here (U+{(int)text[at]:X4}), which a settings file cannot hold", new FilePlace(file, line, at - start + 1),
            "remove it, or save the file as UTF-8 text");
    }

    /// <summary>-1 when there is none.</summary>
    public static int FirstControlCharacter(string text) =>
        text.AsSpan().IndexOfAny(ControlCharacters);

    private static readonly System.Buffers.SearchValues<char> ControlCharacters =
        System.Buffers.SearchValues.Create([.. Enumerable.Range(0, 32).Select(c => (char)c).Where(c => c is not ('\t' or '\n' or '\r')), '\u007F', '\uFFFE', '\uFFFF']);

    private static string Reason(string message)
    {
        // The library writes "(Line: 1, Col: 2, Idx: 3) - (...): While parsing ..., did not find expected ...".
        int end = message.LastIndexOf("): ", StringComparison.Ordinal);
        string reason = (end < 0 ? message : message[(end + 3)..]).Trim().TrimEnd('.');
        return reason.Length == 0 ? "the reason is not known" : char.ToLowerInvariant(reason[0]) + reason[1..];
    }

    private FilePlace Place(int line, int column, int length)
    {
        if (line < 1 || line > _lines.Length)
        {
            return Whole;
        }

        string shown = _lines[line - 1];
        column = Math.Clamp(column, 1, shown.Length + 1);
        return new FilePlace(file, line, column, shown.Length > LongestLine ? null : shown, Math.Clamp(length, 1, Math.Max(1, shown.Length - column + 1)));
    }

    private static int Number(long n) => (int)Math.Clamp(n, 0, int.MaxValue);

    // The line breaks of YAML 1.1, as the reader counts them.
    private static string[] Lines(string text) => text.Split(["\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029"], StringSplitOptions.None);
}
