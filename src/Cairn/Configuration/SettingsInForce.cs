using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Configuration;

/// <summary>
/// The settings in force, each from the first layer that says it: options, environment, cairn.local.yaml, cairn.yaml, the user's own file,
/// built-in. The layers are shown by the same list that is searched.
/// </summary>
internal sealed class SettingsInForce
{
    private readonly Dictionary<string, SettingValue> _values;

    private SettingsInForce(IReadOnlyList<SettingLayer> layers)
    {
        Layers = layers;
        _values = KnownSetting.All.ToDictionary(s => s.Name, s => layers.Select(l => l.Find(s)).First(v => v is not null)!);
    }

    /// <summary>First to last: the first that says a setting decides.</summary>
    public IReadOnlyList<SettingLayer> Layers { get; }

    public IEnumerable<SettingValue> All => KnownSetting.All.Select(s => _values[s.Name]);

    public SettingValue this[string name] => _values[name];

    public string Store => this["store"].Text;

    /// <summary>Null when working tables are to be in the run's folder.</summary>
    public string? Temp => this["temp"].Text is { Length: > 0 } folder ? folder : null;

    public long MemoryBytes(long machine) => MemorySize.Bytes(this["memory"].Text, machine) ?? machine / 4;

    public Keep Keep => this["keep"].Text switch
    {
        "inputs" => new Keep(Inputs: true),
        "outputs" => new Keep(Outputs: true),
        "all" => new Keep(Inputs: true, Outputs: true),
        _ => new Keep(),
    };

    /// <summary>For the run's record.</summary>
    public IEnumerable<SettingInForce> ForRun => All.Select(v => new SettingInForce(v.Name, v.Text, v.Origin));

    /// <summary>Throws <see cref="ProblemException"/> with everything that is wrong in any layer.</summary>
    public static SettingsInForce Of(IReadOnlyList<SettingLayer> layers)
    {
        var problems = layers.SelectMany(l => l.Problems).ToList();
        foreach (KnownSetting setting in KnownSetting.All)
        {
            foreach (SettingValue value in layers.Select(l => l.Find(setting)).OfType<SettingValue>())
            {
                if (setting.Wrong(value.Text) is { } wrong)
                {
                    problems.Add(new Problem("config/wrong-value", ProblemKind.Usage, $"`{setting.Name}` {wrong}; `{value.Text}` is not, in {value.Origin}", value.Place, "cairn config --origin"));
                }
            }
        }

        return problems.Count == 0 ? new SettingsInForce(layers) : throw new ProblemException(problems);
    }
}
