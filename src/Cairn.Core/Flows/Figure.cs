using Cairn.Core.Expressions;
using Cairn.Core.Settings;

namespace Cairn.Core.Flows;

/// <summary>A named number (or counts by value, or short list) of one table, under <c>figures</c>; shown in the report and in <c>--json</c> by name.</summary>
/// <param name="Where">Only rows that meet it; null for all.</param>
public sealed record Figure(string Name, NameAt Of, FigureForm Form, Expression? Where, FilePlace Place);

public abstract record FigureForm;

/// <summary>The number of rows.</summary>
public sealed record RowsFigure : FigureForm;

/// <summary>The number of columns.</summary>
public sealed record ColumnsFigure : FigureForm;

/// <summary>The number of distinct values of a column; blanks do not count.</summary>
public sealed record DistinctFigure(NameAt Column) : FigureForm;

/// <summary>Rows that repeat a value of these columns already seen in an earlier row (all columns when null).</summary>
public sealed record RepeatedFigure(IReadOnlyList<NameAt>? By) : FigureForm;

/// <summary>Rows for each value of an expression, as a mapping from value to count; a blank is called "null".</summary>
public sealed record ByFigure(Expression Value) : FigureForm;

/// <summary>For each column, the number of rows where it is not blank.</summary>
public sealed record FilledFigure(IReadOnlyList<NameAt>? Columns) : FigureForm;

/// <summary>The value of an expression in the first row.</summary>
public sealed record FirstFigure(Expression Value) : FigureForm;

/// <summary>The value of an expression in the last row.</summary>
public sealed record LastFigure(Expression Value) : FigureForm;

/// <summary>The first rows, as a list of mappings of these columns.</summary>
public sealed record ListFigure(IReadOnlyList<NameAt> Columns, int Limit) : FigureForm;

/// <summary>What the figures should be for one data set: the file's mapping from figure name to value (number, mapping or list).</summary>
public sealed record ExpectedFigures(string File, MapSetting Values, bool Stops);
