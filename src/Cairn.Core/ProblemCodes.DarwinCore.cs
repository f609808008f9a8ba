using static Cairn.Core.ProblemKind;

namespace Cairn.Core;

/// <content>What is met in Darwin Core Archives.</content>
public static partial class ProblemCodes
{
    private static ProblemCode[] DarwinCoreArea =>
    [
        new("darwin-core/backslash-n", Finding, "Cells are \\N, as a MySQL export writes a missing value; left as written.", "Make them blank with `nulls`."),
        new("darwin-core/columns-not-mapped", Finding, "Columns of a file are not mapped to a term by the descriptor and were left out.", "Map them in meta.xml, or read the file with `delimited`."),
        new("darwin-core/coreid-blank", Finding, "Rows of an extension name no core row.", "Look at them; they belong to no record."),
        new("darwin-core/descriptor-empty", Refused, "A descriptor describes no table.", "Correct meta.xml."),
        new("darwin-core/descriptor-form", Finding, "A descriptor breaks the form of the text guide and was read all the same.", "Nothing, or correct meta.xml."),
        new("darwin-core/descriptor-not-xml", Refused, "A descriptor is not well-formed XML.", "Correct meta.xml."),
        new("darwin-core/field-without-term", Finding, "A field of a descriptor names no term.", "Correct meta.xml."),
        new("darwin-core/field-without-value", Finding, "A field of a descriptor has neither an index nor a default.", "Correct meta.xml."),
        new("darwin-core/header-differs", Finding, "The header of a file and the descriptor disagree; the descriptor was followed.", "Look at some rows, and correct the one that is wrong."),
        new("darwin-core/header-lines", Refused, "A descriptor does not say with a number where the rows begin.", "Correct meta.xml."),
        new("darwin-core/header-without-terms", Finding, "The first row of a file without descriptor names no term; it was taken as the header.", "Read it with `delimited` and `header: false` if it is data."),
        new("darwin-core/id-blank", Finding, "Rows of a core have no id, so that no extension row can belong to them.", "Give them ids in the source."),
        new("darwin-core/id-repeated", Finding, "Rows of a core have the id of an earlier one.", "Look at them; extension rows cannot be told apart by it."),
        new("darwin-core/index-not-a-number", Finding, "An index of a descriptor is no column number and was taken as not given.", "Correct meta.xml."),
        new("darwin-core/index-past-row", Finding, "A descriptor maps a column that rows do not have; it is blank there.", "Correct meta.xml, or fetch the archive again."),
        new("darwin-core/location-address", Refused, "A descriptor names a file by an address; those are not followed.", "Fetch the file into the archive."),
        new("darwin-core/location-case", Finding, "A descriptor writes a file's name in other letter case.", "Nothing."),
        new("darwin-core/metadata-form", Finding, "The metadata document breaks its form and was read all the same.", "Nothing."),
        new("darwin-core/metadata-made", Finding, "No metadata document was named, and a least one was written.", "Name one with `eml`, or give `title` and `creator`."),
        new("darwin-core/metadata-missing", Finding, "The metadata document that the descriptor names is not there.", "Nothing; the rows are read."),
        new("darwin-core/metadata-not-xml", Finding, "The metadata document is not well-formed XML.", "Nothing; the rows are read."),
        new("darwin-core/metadata-unreadable", Finding, "The metadata document could not be read.", "Nothing; the rows are read."),
        new("darwin-core/no-core", Refused, "An archive has no core, but several tables.", "Name one with `table`."),
        new("darwin-core/no-coreid", Finding, "An extension does not say which core rows its rows belong to.", "Correct meta.xml."),
        new("darwin-core/no-delimiter", Refused, "A descriptor gives no usable delimiter.", "Say what it is with `delimiter`."),
        new("darwin-core/no-descriptor", Finding, "An archive has no meta.xml; its one file was taken as its table.", "Nothing."),
        new("darwin-core/no-id-column", Refused, "A table to be written has no column that ties core and extensions; nothing was written.", "Name it with `id`."),
        new("darwin-core/no-location", Finding, "A table of a descriptor names no file, so it has no rows.", "Correct meta.xml."),
        new("darwin-core/no-row-type", Finding, "A table of a descriptor does not say what its rows are.", "Correct meta.xml."),
        new("darwin-core/no-rows", Finding, "A table holds no row.", "Nothing, or fetch the archive again."),
        new("darwin-core/no-such-column", Usage, "`terms` names a column that no table has.", "Correct its name, or remove it."),
        new("darwin-core/no-such-file", Refused, "An archive has no file that its descriptor names.", "Correct meta.xml, or fetch the archive again."),
        new("darwin-core/no-such-table", Refused, "An archive has no table of that name.", "Name one of those the message lists."),
        new("darwin-core/no-table", Refused, "There is nothing in an archive that could be its table.", "Look whether it is a Darwin Core Archive."),
        new("darwin-core/orphans", Finding, "Rows of an extension name a core row that is not there.", "Look whether rows of the core were left out."),
        new("darwin-core/several-archives", Usage, "A path fits several archives, where one is read.", "Give each a table of its own, and union them."),
        new("darwin-core/several-cores", Finding, "A descriptor has several cores; the later ones were read as extensions.", "Correct meta.xml."),
        new("darwin-core/several-descriptors", Finding, "An archive has several descriptors; the first was read.", "Remove the others."),
        new("darwin-core/several-tables", Refused, "An archive has no meta.xml and several files that could be its table.", "Name one with `table`."),
        new("darwin-core/table-not-certain", Refused, "Several tables may be meant.", "Name the file of one with `table`."),
        new("darwin-core/table-twice", Usage, "An archive to be written names a table twice.", "Name each table once."),
        new("darwin-core/term-twice", Refused, "Two columns would be written under one term; nothing was written.", "Drop one, or give it another term with `terms`."),
        new("darwin-core/two-columns-one-name", Finding, "Two columns would have one name; they were told apart.", "Use the names the message gives."),
        new("darwin-core/unknown-encoding", Refused, "A descriptor names an encoding that is not known.", "Say what it is with `encoding`."),
        new("darwin-core/unknown-row-type", Usage, "A row type is no class of the vocabularies that are known.", "Write the whole name of the class."),
        new("darwin-core/unknown-term", Refused, "A column is no term of the vocabularies that are known; nothing was written.", "Give its term with `terms`, or drop the column."),
    ];
}
