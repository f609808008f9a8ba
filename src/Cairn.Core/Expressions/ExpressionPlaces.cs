namespace Cairn.Core.Expressions;

/// <summary>Finds the place in the flow file of a part of an expression.</summary>
internal readonly struct ExpressionPlaces
{
    private readonly FilePlace _place;
    private readonly int _column;

    /// <param name="place">Where the expression begins: at its first character, or at the quote before it.</param>
    public ExpressionPlaces(FilePlace place, string text)
    {
        _place = place;

        // The line is searched for the expression itself, so that a quote before it, or an indicator, does not shift every column. A text that
        // is not there as it stands (folded over lines, with escapes) has no column of its own for its parts; the whole of it is pointed at.
        _column = place.Column > 0 && place.Text is { } line && place.Column <= line.Length
            ? line.IndexOf(text, place.Column - 1, StringComparison.Ordinal) + 1
            : place.Text is null ? place.Column : 0;
    }

    /// <summary>The place of the characters from start (an offset in the expression).</summary>
    public FilePlace At(int start, int length) => _column > 0 ? _place with { Column = _column + start, Length = Math.Max(1, length) } : _place;
}
