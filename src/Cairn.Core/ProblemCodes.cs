using Cairn.Core.Expressions;
using static Cairn.Core.ProblemKind;

namespace Cairn.Core;

/// <summary>What a problem's code means. Codes are frozen: people search for them and scripts compare them.</summary>
/// <param name="Code"><c>area/what-is-wrong</c>.</param>
/// <param name="Kind">The kind its problems have; it decides the exit code.</param>
/// <param name="Meaning">What is wrong, in a sentence.</param>
/// <param name="WhatToDo">What a person does about it, in a sentence.</param>
public sealed record ProblemCode(string Code, ProblemKind Kind, string Meaning, string WhatToDo);

/// <summary>Every code a problem can have; docs/reference/errors.md is made of it, and a test holds the sources to it.</summary>
public static class ProblemCodes
{
    public static IReadOnlyList<ProblemCode> All =>
    [
        .. SettingsArea,
        .. ExpressionProblems.All,
        .. FlowArea,
        .. CommandArea,
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

    private static ProblemCode[] CommandArea =>
    [
        new("cairn/fault", Fault, "Cairn met a fault of its own.", "Read the report it left in .cairn/reports, then attach it to an issue."),
        new("config/wrong-value", Usage, "A setting has a value it cannot have.", "cairn config --origin shows where it stands."),
        new("init/already-there", Usage, "Files of a template are there already.", "Name another folder."),
        new("init/is-file", Usage, "A file was named where a project's folder was meant.", "Name another folder."),
        new("init/not-empty", Usage, "A project is made in an empty folder only.", "Name another folder."),
        new("output/not-written", Refused, "What a command had to say could not be written.", "Look at the disk, or name a file in a folder you can write to."),
        new("peek/more-refused", Finding, "More rows could not be read than are shown.", "Run a flow over the source: its run lists them all."),
        new("peek/no-connector", Usage, "This cairn has no connector for what was named.", "cairn connectors lists them."),
        new("peek/no-source", Usage, "There is no file or folder of this name.", "Look at the name."),
        new("peek/no-table", Usage, "The flow has no table of this name.", "Look at the names under `read:` and `shape:`."),
        new("plan/has-its-values", Usage, "Values were given to a plan that was saved with its own.", "Make a new plan with them."),
        new("plan/moved", Refused, "Inputs, destinations or the flow are not what they were when the plan was made.", "Make the plan again and look at it."),
        new("plan/not-a-plan", Usage, "The file is not a saved plan.", "cairn plan --out makes one."),
        new("run/declined", Stopped, "You said no, and nothing was written.", "Run it again when it is right."),
        new("run/stopped", Stopped, "The work was stopped by Ctrl-C or by a signal.", "The run says what was done; run it again."),
        new("run/needs-yes", Usage, "There was no terminal to ask on, and nothing was written.", "Add --yes."),
        new("usage/bad-value", Usage, "An option has a value it does not take.", "The message names those it takes."),
        new("usage/given-twice", Usage, "An option that takes one value was given several times.", "Keep one."),
        new("usage/missing-argument", Usage, "A command needs something that is not there.", "Add it; --help shows how."),
        new("usage/missing-command", Usage, "A command of several was not named.", "Name one of those the message lists."),
        new("usage/missing-option", Usage, "A command needs an option that is not there.", "Add it."),
        new("usage/missing-value", Usage, "An option stands without its value.", "Write the value after it."),
        new("usage/no-folder", Usage, "The folder named as the project is not there.", "Look at the name, or make it: cairn init."),
        new("usage/not-a-number", Usage, "A number was expected.", "Write digits."),
        new("usage/not-understood", Usage, "The command line is not understood.", "--help shows how it is written."),
        new("usage/set", Usage, "--set was not given name=value.", "Write --set name=value."),
        new("usage/too-many", Usage, "A command was given more than it takes.", "Quote what belongs together; --help shows what it takes."),
        new("usage/unknown-command", Usage, "There is no such command.", "cairn --help lists them."),
        new("usage/unknown-connector", Usage, "There is no connector of this name.", "cairn connectors lists them."),
        new("usage/unknown-option", Usage, "The command has no such option.", "--help lists those it has."),
        new("usage/unknown-topic", Usage, "There is no help on this word.", "cairn help lists commands and topics."),
        new("usage/unknown-write", Usage, "The flow writes no table of this name.", "Look at the names under `write:`."),
    ];
}
