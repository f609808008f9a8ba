namespace Cairn.Core;

/// <summary>Where a problem is: in a file a person wrote, or in a row of data.</summary>
public abstract record Place;

/// <summary>A place in a text file. Lines and columns count from 1; 0 means the file as a whole.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column in characters, from 1.</param>
/// <param name="Text">The line itself, when it is known, to be shown with a caret.</param>
/// <param name="Length">How many characters the caret underlines.</param>
public sealed record FilePlace(string File, int Line = 0, int Column = 0, string? Text = null, int Length = 1) : Place
{
    public override string ToString() => Line == 0 ? File : Column == 0 ? $"{File}:{Line}" : $"{File}:{Line}:{Column}";
}

/// <summary>A place in a table: by row number in its source (from 1, header not counted), by key, by field.</summary>
public sealed record RowPlace(string Table, long Row = 0, string? Key = null, string? Field = null, string? File = null, long Line = 0) : Place
{
    public override string ToString()
    {
        string text = Table;
        if (Row > 0)
        {
            text += $", row {Row}";
        }

        if (Key is not null)
        {
            text += $", key {Key}";
        }

        if (Field is not null)
        {
            text += $", field {Field}";
        }

        return File is null ? text : Line > 0 ? $"{text} ({File}:{Line})" : $"{text} ({File})";
    }
}
