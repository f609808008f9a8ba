using Cairn.Core.Expressions;
using static Cairn.Core.ProblemKind;

namespace Cairn.Core;

/// <summary>What a problem's code means. Codes are frozen: people search for them and scripts compare them.</summary>
/// <param name="Code"><c>area/what-is-wrong</c>.</param>
/// <param name="Kind">The kind its problems have, the gravest if there are several; it decides the exit code.</param>
/// <param name="Meaning">What is wrong, in a sentence.</param>
/// <param name="WhatToDo">What a person does about it, in a sentence.</param>
public sealed record ProblemCode(string Code, ProblemKind Kind, string Meaning, string WhatToDo);

/// <summary>Every code a problem can have; docs/reference/errors.md is made of it, and a test holds the sources to it.</summary>
public static partial class ProblemCodes
{
    public static IReadOnlyList<ProblemCode> All =>
    [
        .. SettingsArea,
        .. ExpressionProblems.All,
        .. FlowArea,
        .. CommandArea,
        .. SourceAreas,
        .. DarwinCoreArea,
        .. RunAreas,
    ];

    private static ProblemCode[] SettingsArea =>
    [
        new("settings/alias", Usage, "A settings file refers to another part of itself (`*name`).", "Write the value out; settings do not take references."),
        new("settings/control-character", Usage, "A settings file holds a control character.", "Remove it, or save the file as UTF-8 text."),
        new("settings/duplicate-key", Usage, "A key stands twice in one mapping.", "Keep one of the two."),
        new("settings/empty", Usage, "A settings file holds nothing.", "Write the settings, or name another file."),
        new("settings/key", Usage, "A key is a list, a mapping or nothing.", "Write a word before the colon; quote it when it holds `{`, `[` or `: `."),
        new("settings/not-utf8", Usage, "A settings file is not UTF-8 text.", "Save it as UTF-8."),
        new("settings/not-yaml", Usage, "A settings file breaks the rules of YAML.", "Look at the line shown and the one before it: indentation, a colon without a space, an open quote or bracket."),
        new("settings/several-documents", Usage, "A settings file holds several YAML documents.", "Keep one, and put the others in files of their own."),
        new("settings/tab", Usage, "A line is indented with a tab, which YAML does not take.", "Write spaces instead."),
        new("settings/tag", Usage, "A value has a YAML tag (`!...`).", "Remove the tag; quote a value to keep it as text."),
        new("settings/too-deep", Usage, "Lists and mappings stand in each other too deep.", "Write it flatter."),
        new("settings/too-long", Usage, "A settings file is longer than 1 MB.", "Name the file that was meant."),
        new("settings/unreadable", Usage, "A settings file cannot be opened or read.", "Look at its path and your right to read it."),
    ];

    private static ProblemCode[] FlowArea =>
    [
        new("flow/count", Usage, "`rows` is not a count or a comparison with one.", "Write digits without separators, after =, !=, <, <=, > or >= if need be."),
        new("flow/cycle", Usage, "Tables are made from each other in a ring.", "Let one of them read another table."),
        new("flow/empty-list", Usage, "A list of tables, columns or values names nothing.", "Name at least one, or leave the setting out."),
        new("flow/figure-limit", Usage, "A figure that is no list has a limit.", "Remove `limit`."),
        new("flow/flows-cycle", Usage, "Flows run each other in a ring.", "Take one of them out of `flows`."),
        new("flow/foreign-key", Usage, "The target of `foreign_key` is not a table and its column.", "Write table.column."),
        new("flow/key-types", Usage, "Two columns that are compared as keys have different types.", "Declare the same type for both with `types:`, or for neither."),
        new("flow/column-clash", Usage, "Two columns of one table would have the same name.", "Rename one of them, or select the columns that are needed."),
        new("flow/missing-column", Usage, "A column that `expect` or `warn` asks for is not there.", "Look at the columns that are there; rename one, or correct the check."),
        new("flow/missing-key", Usage, "A setting that must be there is not.", "Add it."),
        new("flow/name", Usage, "A name holds characters that such names cannot have.", "Use letters, digits and `_`; flows and figures may have `-` and `.` too."),
        new("flow/name-clash", Usage, "Two tables have one name (upper and lower case are the same in SQL).", "Give one of them another name."),
        new("flow/no-connector", Usage, "A table that is read or written names no connector.", "Add one: cairn connectors lists them."),
        new("flow/no-expected-figures", Usage, "The file of expected figures is not there.", "Give its right path, or add `optional: true`."),
        new("flow/no-form", Usage, "A figure does not say what is counted or shown.", "Add one of rows, columns, distinct, repeated, by, filled, first, last, list."),
        new("flow/no-head", Usage, "A table under `shape` does not say where its rows come from.", "Add one of from, distinct, only_once, join, union, anti-join, group, sql."),
        new("flow/no-such-figure", Finding, "The file of expected figures names figures that the flow does not have.", "Add figures of these names, or leave it; they are not compared."),
        new("flow/none-in-folder", Usage, "A folder was named, and it holds no flow file.", "Name a file that ends in .flow.yaml."),
        new("flow/not-found", Usage, "There is no such flow file, folder or flow.", "Look at the name; flows are looked for in the current folder, the project and its flows folder."),
        new("flow/parameter-form", Usage, "A parameter is written in a way that cannot be filled in.", "Write ${name}, or ${name.folder} for a file's folder."),
        new("flow/parameter-not-set", Usage, "A parameter has no default and was given no value.", "Add --set name=value to the command, or a default to the flow."),
        new("flow/parameter-value", Usage, "A parameter's value is not of its type, or its default refers to a parameter.", "Correct the value."),
        new("flow/range", Usage, "A range is not a list of the least and the greatest number.", "Write [1, 12], or [null, 12] for no least number."),
        new("flow/reads-nothing", Usage, "A flow reads no table and runs no other flow.", "Name a table and its source under `read:`."),
        new("flow/reserved-name", Usage, "A name begins with `_`; such names are Cairn's own.", "Leave out the `_`."),
        new("flow/several-found", Usage, "A folder was named, and it holds several flow files.", "Name one of them."),
        new("flow/share", Usage, "A condition's share of rows cannot be read.", "Write \"100%\", or \">= 99.5%\"."),
        new("flow/size", Usage, "A size cannot be read.", "Write a number with B, kB, MB, GB or TB."),
        new("flow/two-connectors", Usage, "A table that is read or written names several connectors.", "Keep one."),
        new("flow/two-forms", Usage, "A figure has several forms.", "Keep one, and make another figure for each of the others."),
        new("flow/two-heads", Usage, "A table under `shape` has several heads.", "Keep one, and make another table for each of the others."),
        new("flow/union-columns", Usage, "The tables of a union do not have the same columns.", "Select, rename or set columns so that they do."),
        new("flow/unknown-column", Usage, "A column is named that the table does not have.", "Look at the columns that are there: cairn peek flow#table."),
        new("flow/unknown-connector", Usage, "There is no connector of that name.", "cairn connectors lists them."),
        new("flow/unknown-key", Usage, "There is no such setting here.", "Look at the settings that are there: cairn help flow-files."),
        new("flow/unknown-parameter", Usage, "The flow has no such parameter.", "Declare it under `parameters:`, or correct its name."),
        new("flow/unknown-table", Usage, "The flow has no such table.", "Look at the names under `read:` and `shape:`."),
        new("flow/unordered-sql", Finding, "The order of the rows that an SQL step gives is not defined.", "Select `_row`, or end with ORDER BY."),
        new("flow/unused-table", Finding, "Nothing uses a table.", "Write it, or remove it."),
        new("flow/wrong-type", Usage, "A setting is a list, a mapping or a scalar where another is meant.", "Write it in the form the message names."),
        new("flow/wrong-value", Usage, "A setting has a value that is not among those it takes.", "Write one of those the message names."),
    ];
}
