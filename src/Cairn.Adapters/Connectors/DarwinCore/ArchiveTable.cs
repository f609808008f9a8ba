namespace Cairn.Adapters.Connectors.DarwinCore;

/// <summary>What a table is in its archive.</summary>
public enum ArchiveTableRole
{
    /// <summary>The table the others belong to. An archive has one.</summary>
    Core,

    /// <summary>A table whose rows belong to rows of the core.</summary>
    Extension,
}

/// <summary>
/// A table as an archive's descriptor gives it (Darwin Core text guide, section 2), with the guide's defaults filled in; or as it was found in a file
/// that stands alone.
/// </summary>
/// <param name="RowType">The URI of the class its rows are of, as written; empty when none is given.</param>
/// <param name="Locations">Its files, as written, without white space around; none when the descriptor names none.</param>
/// <param name="Fields">In the descriptor's order.</param>
/// <param name="IdIndex">The column that identifies a core row, or names the core row an extension row belongs to; null when not given.</param>
public sealed record ArchiveTable(ArchiveTableRole Role, string RowType, IReadOnlyList<string> Locations, IReadOnlyList<ArchiveField> Fields, int? IdIndex)
{
    /// <summary>The last part of the row type: Occurrence, Taxon, Multimedia.</summary>
    public string ShortRowType => Vocabulary.ShortName(RowType);

    /// <summary>What stands between fields.</summary>
    public string FieldsTerminatedBy { get; init; } = ",";

    /// <summary>The quote character; empty when quotes are data.</summary>
    public string FieldsEnclosedBy { get; init; } = "\"";

    /// <summary>The encoding's name, as written.</summary>
    public string Encoding { get; init; } = "UTF-8";

    /// <summary>Lines at the start of each file that hold no rows.</summary>
    public int IgnoreHeaderLines { get; init; }

    /// <summary>A hint on how dates are written; values are not changed by it.</summary>
    public string? DateFormat { get; init; }

    /// <summary>The term an old descriptor gives to its id column itself.</summary>
    public string? IdTerm { get; init; }

    /// <summary>The line of the descriptor where it begins; 0 when there is none.</summary>
    public int Line { get; init; }

    /// <summary>How a flow names it under <c>table</c>: core, else its row type, else (when another table has that too) its first file.</summary>
    public string Key { get; init; } = "core";

    /// <summary>The highest column that something is mapped to; -1 when there is none.</summary>
    public int LastIndex => Math.Max(IdIndex ?? -1, Fields.Count == 0 ? -1 : Fields.Max(f => f.Index ?? -1));

    /// <summary>As messages call it: "the core (Taxon, taxon.txt)".</summary>
    public string Description
    {
        get
        {
            string files = Locations.Count == 0 ? "no file" : string.Join(" and ", Locations.Take(3)) + (Locations.Count > 3 ? " and more" : "");
            string kind = Role == ArchiveTableRole.Core ? "the core" : "the extension";
            return ShortRowType.Length == 0 ? $"{kind} ({files})" : $"{kind} ({ShortRowType}, {files})";
        }
    }
}

/// <summary>A column that is mapped to a term, or a constant.</summary>
/// <param name="Index">Which column, from 0; null for a constant, which <paramref name="Default"/> gives.</param>
/// <param name="Term">The full name, as written; empty where a header's name is of no known term.</param>
/// <param name="Default">Fills empty cells, or is the constant.</param>
public sealed record ArchiveField(int? Index, string Term, string? Default = null, string? Vocabulary = null, string? DelimitedBy = null)
{
    /// <summary>What the file's own header calls the column, where there is no descriptor; null where the term names it.</summary>
    public string? Name { get; init; }
}
