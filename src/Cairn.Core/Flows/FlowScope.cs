using Cairn.Core.Expressions;
using Cairn.Core.Settings;

namespace Cairn.Core.Flows;

/// <summary>What the parts of a flow file are read with: the parameters in force, the names of its tables, and the problems so far.</summary>
internal sealed class FlowScope(IReadOnlyList<Parameter> parameters, FlowTables tables, List<Problem> problems)
{
    private readonly Dictionary<string, string> _values = parameters.ToDictionary(p => p.Name, p => p.Value);

    public IReadOnlyList<Parameter> Parameters => parameters;

    public FlowTables Tables => tables;

    public List<Problem> Problems => problems;

    /// <summary>Null when the text is not an expression; the parser has said why.</summary>
    public Expression? Expression(ScalarSetting text) => ExpressionParser.Parse(text.Text, text.Place, _values, problems);

    /// <summary>The expression under a key; null when the key is absent or its text is not an expression.</summary>
    public Expression? Expression(MapSetting map, string key) => map.Scalar(key) is ScalarSetting text ? Expression(text) : null;

    /// <summary>One name, or a list of at least one; null when the key is absent.</summary>
    public IReadOnlyList<NameAt>? Names(MapSetting? map, string key) => map?[key] is Setting setting ? Names(setting, map.KeyPlace(key), key) : null;

    public IReadOnlyList<NameAt> Names(Setting setting, FilePlace place, string key)
    {
        if (setting is ListSetting { Items.Count: 0 })
        {
            Add("flow/empty-list", $"`{key}` names nothing", place, $"name at least one, or leave `{key}` out");
        }

        return SettingNames.Names(setting);
    }

    public void Add(string code, string message, FilePlace place, string help, string? hint = null) =>
        problems.Add(new Problem(code, ProblemKind.Usage, message, place, help) { Hint = hint });
}
