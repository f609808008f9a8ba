using Cairn.Core.Settings;
using static Cairn.Core.Settings.SettingShape;

namespace Cairn.Core.Flows;

/// <summary>
/// The shape of a flow file, with the connectors' own shapes put in. The check of a file, the JSON Schema and the reference all come from here.
/// </summary>
public static class FlowShape
{
    private static readonly SettingShape Names = Either(Text, ListOf(Text));

    private static readonly SettingShape Keys = Either(Text, ListOf(Text), MapOf(Text));

    private const string Tables = "cairn help flow-files";

    // These two stand first because the shapes below hold them.
    private static ObjectShape Resolves { get; } = new("resolves",
    [
        new("column", Text, "The column with the addresses.", Required: true),
        new("where", Text, "Ask only for the rows for which this condition is true."),
        new("limit", Integer, "At most so many are asked.", Default: "20"),
    ]);

    private static ObjectShape Group { get; } = new("group",
    [
        new("from", Text, "The table.", Required: true),
        new("by", Names, "The columns of the key.", Required: true),
        new("count", Either(Text, MapOf(Text)), "The new column with the number of rows; or new columns, each with the column whose filled cells it counts."),
        new("distinct", MapOf(Text), "New columns, each with the column whose distinct values it counts."),
        new("min", MapOf(Text), "New columns, each with the column whose least value it holds."),
        new("max", MapOf(Text), "New columns, each with the column whose greatest value it holds."),
        new("first", MapOf(Text), "New columns, each with the column whose first value it holds."),
        new("last", MapOf(Text), "New columns, each with the column whose last value it holds."),
        new("sum", MapOf(Text), "New columns, each with the column whose numbers it adds up."),
    ]);

    public static ObjectShape Of(IReadOnlyList<ISourceConnector> sources, IReadOnlyList<IDestinationConnector> destinations) => new("a flow file",
    [
        new("flow", Text, "The flow's name: letters, digits, `-`, `_` and `.`.", Required: true),
        new("about", Text, "What the flow makes and for whom, in a sentence."),
        new("parameters", MapOf(Parameter), "Values a run may set with `--set name=value`: `$name` in expressions and SQL, `${name}` and `${name.folder}` in connectors' settings."),
        new("read", MapOf(Read(sources)), "The tables that are read: a name for each, with a connector and its settings."),
        new("shape", MapOf(Step), "The tables that are made of others: a name for each, with one head and any changes."),
        new("write", MapOf(Write(destinations)), "The tables that go out."),
        new("keep", Either(OneOf("runs"), Keep), "Which file versions the run keeps in the archive; `runs` keeps the run's folder alone.", Default: "runs"),
        new("figures", MapOf(Figure), "Named numbers of tables, shown in the report and given by name with `--json`."),
        new("expect", ExpectedFigures, "A file beside the data that says what the figures should be."),
        new("flows", ListOf(Text), "Other flow files to run before this one, in this order; paths start at this file's folder."),
    ])
    { Help = Tables };

    public static ObjectShape Parameter { get; } = new("a parameter",
    [
        new("type", OneOf("text", "number", "folder", "file"), "What the value is.", Default: "text"),
        new("default", Text, "The value when a run sets none; a path starts at the flow file's folder."),
        new("about", Text, "What it is for."),
    ]);

    public static ObjectShape Checks { get; } = new("a list of checks",
    [
        new("rows", Text, "How many rows: a count, or a comparison such as `\"> 0\"`."),
        new("columns", Names, "Columns that must be there."),
        new("unique", Names, "Columns whose values no two rows share."),
        new("values", MapOf(ListOf(Text)), "For each column, the only values it may have; a blank passes."),
        new("range", MapOf(ListOf(Blankable)), "For each column, the least and the greatest number it may have, as a list of two (`null` for no limit); a blank passes."),
        new("matches", MapOf(Text), "For each column, the regular expression its values match; a blank passes."),
        new("foreign_key", MapOf(Text), "For each column, the `table.column` that has all its values; a blank passes."),
        new("resolves", Resolves, "Ask whether the addresses in a column answer over the network."),
    ])
    {
        Help = Tables,
        Others = new("condition", Text, "Any condition as the key (quoted), and the share of rows that must meet it: `\"length(barcode) = 8\": \"100%\"` or `\">= 99.5%\"`."),
    };

    public static ObjectShape Step { get; } = new("a table under shape",
    [
        new("from", Text, "Head: the rows of another table."),
        new("distinct", Either(Text, new ObjectShape("distinct",
        [
            new("from", Text, "The table.", Required: true),
            new("by", Names, "The columns that decide; all when absent."),
        ])), "Head: the first row of each set of equal rows."),
        new("only_once", new ObjectShape("only_once",
        [
            new("from", Text, "The table.", Required: true),
            new("by", Names, "The columns of the key.", Required: true),
        ]), "Head: only the rows whose key occurs once; of a repeated key all rows go."),
        new("join", new ObjectShape("a join",
        [
            new("left", Text, "The table whose order is kept.", Required: true),
            new("right", Text, "The table that is looked up.", Required: true),
            new("by", Keys, "The column both have, a list of such columns, or a mapping from left to right column.", Required: true),
            new("kind", OneOf("left", "inner", "full"), "Which rows stay: all of the left, only those that meet one, or all of both.", Default: "left"),
        ]), "Head: two tables side by side, by equal keys. A blank key meets nothing."),
        new("union", ListOf(Text), "Head: the rows of several tables one after the other; all must have the same columns."),
        new("anti-join", new ObjectShape("an anti-join",
        [
            new("from", Text, "The table whose rows stay.", Required: true),
            new("against", Text, "The table whose keys they must not have.", Required: true),
            new("by", Keys, "The column both have, a list of such columns, or a mapping from one to the other.", Required: true),
        ]), "Head: the rows whose key is not in another table."),
        new("group", Group, "Head: one row for each key, with counts and other aggregates."),
        new("sql", Either(Text, new ObjectShape("sql",
        [
            new("text", Text, "The statement.", Required: true),
            new("dialect", Text, "The workbench whose SQL it is.", Default: "duckdb"),
        ])), "Head: SQL over the flow's tables by name. Give `_row` or an ORDER BY at the end, so that the order is defined."),
        new("where", Text, "Change 1: keep the rows for which this condition is true."),
        new("derive", MapOf(Text), "Change 2: new columns, each with its expression."),
        new("set", MapOf(Blankable), "Change 3: columns with a fixed value."),
        new("rename", MapOf(Text), "Change 4: columns under a new name, `old: new`."),
        new("drop", Names, "Change 5: columns that go."),
        new("select", Names, "Change 6: the columns that stay, in this order."),
        new("types", MapOf(OneOf("text", "integer", "decimal", "boolean", "date", "timestamp")), "Change 7: types of columns; a row with a value that is not of its type is refused."),
        new("expect", Checks, "Checks that stop the run before anything is written."),
        new("warn", Checks, "Checks that are reported, with the rows that miss them."),
    ])
    {
        Help = Tables,
        Choice = new("head", ["from", "distinct", "only_once", "join", "union", "anti-join", "group", "sql"], "flow/no-head", "flow/two-heads"),
    };

    public static ObjectShape Figure { get; } = new("a figure",
    [
        new("of", Text, "The table.", Required: true),
        new("rows", OneOf("true"), "The number of rows."),
        new("columns", OneOf("true"), "The number of columns."),
        new("distinct", Text, "The number of distinct values of a column; blanks do not count."),
        new("repeated", Either(OneOf("true"), Text, ListOf(Text)), "Rows that repeat an earlier row: in all columns (`true`), in one, or in a list of them."),
        new("by", Text, "Rows for each value of an expression."),
        new("filled", Either(OneOf("true"), Text, ListOf(Text)), "For each column (`true`), or each of these, the rows where it is not blank."),
        new("first", Text, "The value of an expression in the first row."),
        new("last", Text, "The value of an expression in the last row."),
        new("list", Names, "The first rows, with these columns."),
        new("where", Text, "Only the rows for which this condition is true."),
        new("limit", Integer, "With `list`: at most so many rows.", Default: "10"),
    ])
    {
        Help = Tables,
        Choice = new("form", ["rows", "columns", "distinct", "repeated", "by", "filled", "first", "last", "list"], "flow/no-form", "flow/two-forms"),
    };

    public static ObjectShape Keep { get; } = new("keep",
    [
        new("inputs", SettingShape.Boolean, "Keep the versions of the files read.", Default: "false"),
        new("outputs", SettingShape.Boolean, "Keep the versions of the files written.", Default: "false"),
        new("size_limit", Text, "Files larger than this are left out: a number with B, kB, MB, GB or TB."),
    ]);

    public static ObjectShape ExpectedFigures { get; } = new("expect",
    [
        new("from", Text, "The file: a YAML or JSON mapping from a figure's name to its value.", Required: true),
        new("optional", SettingShape.Boolean, "Whether the file may be absent.", Default: "false"),
        new("on_difference", OneOf("stop", "warn"), "Whether a difference stops the run before anything is written.", Default: "stop"),
    ]);

    public static ObjectShape Read(IReadOnlyList<ISourceConnector> sources) => new("a table under read",
    [
        .. sources.Select(c => new KeyShape(c.Name, WithHelp(c.SourceShape, c.Name), c.About)),
        new("fields", ListOf(Text), "The columns the flow wants; all when absent. Their order stays the source's."),
        new("refused", Either(OneOf("list", "stop"), Integer), "What happens when rows cannot be read: they are listed, or the run stops at the first, or when there are more than this number.", Default: "list"),
        new("expect", Checks, "Checks that stop the run before anything is written."),
        new("warn", Checks, "Checks that are reported, with the rows that miss them."),
    ])
    {
        Help = Tables,
        Choice = new("source connector", [.. sources.Select(c => c.Name)], "flow/no-connector", "flow/two-connectors", "flow/unknown-connector", "cairn connectors"),
    };

    public static ObjectShape Write(IReadOnlyList<IDestinationConnector> destinations) => new("a table under write",
    [
        new("to", Destination(destinations), "Where it goes: a connector with its settings.", Required: true),
    ]);

    private static ObjectShape Destination(IReadOnlyList<IDestinationConnector> destinations) => new("`to`",
        [.. destinations.Select(c => new KeyShape(c.Name, WithHelp(c.DestinationShape, c.Name), c.About))])
    {
        Help = "cairn connectors",
        Choice = new("destination connector", [.. destinations.Select(c => c.Name)], "flow/no-connector", "flow/two-connectors", "flow/unknown-connector", "cairn connectors"),
    };

    private static ObjectShape WithHelp(ObjectShape shape, string connector) => shape.Help is null ? shape with { Help = $"cairn connectors show {connector}" } : shape;
}
