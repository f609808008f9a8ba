using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Settings;

namespace Cairn.Adapters.Connectors.DarwinCore;

/// <summary>A table on its way into an archive: what the settings ask for, bound to its columns.</summary>
/// <param name="Name">The flow's table.</param>
/// <param name="RowType">The URI.</param>
/// <param name="File">Its file in the archive.</param>
/// <param name="IdColumn">Which column is the id or coreid; null when the archive has only a core and it names none.</param>
/// <param name="Terms">The URI of each column; null for an id column that is no term.</param>
internal sealed record WrittenTable(string Name, ArchiveTableRole Role, string RowType, string File, ITableRows Rows, int? IdColumn, IReadOnlyList<string?> Terms)
{
    /// <summary>Values of it hold tabs or line ends, so that its file needs quotes.</summary>
    public bool Quoted { get; set; }

    public long Count { get; set; }
}

/// <summary>One entry of the settings: <c>{ table, row_type, id }</c>.</summary>
internal sealed record TableWish(ArchiveTableRole Role, NameAt Table, string RowType, Place RowTypePlace, string? Id, Place? IdPlace)
{
    public static TableWish Of(MapSetting settings, ArchiveTableRole role)
    {
        ScalarSetting? Scalar(string key) => settings[key] as ScalarSetting is { IsNull: false } scalar ? scalar : null;
        ScalarSetting table = Scalar("table")!;
        ScalarSetting type = Scalar("row_type")!;
        return new TableWish(role, new NameAt(table.Text, table.Place), type.Text, type.Place, Scalar("id")?.Text, Scalar("id")?.Place);
    }

    /// <summary>The class its rows are of, as a URI. Throws <see cref="ProblemException"/> for a name that is not known.</summary>
    public string RowTypeOf(ITableRows? rows)
    {
        // Two classes are called Multimedia: the simple one, and Audiovisual Core's, whose own terms tell it.
        if (RowType.Equals("Multimedia", StringComparison.OrdinalIgnoreCase) && rows?.Columns.Any(c => c.Term?.StartsWith(Vocabulary.AudiovisualCore, StringComparison.OrdinalIgnoreCase) == true) == true)
        {
            return Vocabulary.AudiovisualCore + "Multimedia";
        }

        return Vocabulary.Class(RowType) ?? throw new ProblemException(new Problem("darwin-core/unknown-row-type", ProblemKind.Usage, $"`{RowType}` is no class that Cairn knows", RowTypePlace,
            "write the class's whole name: row_type: http://...")
        {
            Hint = DidYouMean.Of(RowType, Vocabulary.ClassNames) is { } near ? $"did you mean `{near}`?" : null,
        });
    }
}
