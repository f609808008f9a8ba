using Cairn.Adapters.Yaml;
using Cairn.Core;
using Cairn.Core.Settings;

namespace Cairn.Configuration;

/// <summary>A setting in force: its value and where that stands.</summary>
/// <param name="Origin">"--memory", "CAIRN_MEMORY", "cairn.yaml:3", "built-in".</param>
internal sealed record SettingValue(string Name, string Text, string Origin, FilePlace? Place = null);

/// <summary>One of the places where settings may stand.</summary>
internal abstract record SettingLayer(string Name)
{
    /// <summary>Null when this layer does not say.</summary>
    public abstract SettingValue? Find(KnownSetting setting);

    /// <summary>Is there anything to look at?</summary>
    public abstract bool IsThere { get; }

    /// <summary>What is wrong with the layer as a whole, such as a file that is not YAML.</summary>
    public virtual IReadOnlyList<Problem> Problems => [];
}

internal sealed record OptionLayer(IReadOnlyDictionary<string, string> Options) : SettingLayer("options of the command")
{
    public override bool IsThere => Options.Count > 0;

    public override SettingValue? Find(KnownSetting setting) =>
        Options.TryGetValue(setting.Name, out string? text) ? new SettingValue(setting.Name, text, "--" + setting.Name) : null;
}

internal sealed record EnvironmentLayer(IReadOnlyDictionary<string, string> Environment, string CurrentFolder) : SettingLayer("environment (CAIRN_...)")
{
    public override bool IsThere => KnownSetting.All.Any(s => Find(s) is not null);

    public override SettingValue? Find(KnownSetting setting)
    {
        if (!Environment.TryGetValue(setting.Variable, out string? text) || text.Length == 0)
        {
            return null;
        }

        return new SettingValue(setting.Name, setting.IsPath ? Path.GetFullPath(text, CurrentFolder) : text, setting.Variable);
    }
}

internal sealed record FileLayer : SettingLayer
{
    private readonly MapSetting? _settings;
    private readonly string _path;
    private readonly string _shown;

    public FileLayer(string path, string shown)
        : base(shown)
    {
        (_path, _shown) = (path, shown);

        // The YAML reader is loaded only when there is a file for it.
        SettingReading? reading = File.Exists(path) ? SettingsFile.Read(path, shown) : null;
        IsThere = reading is not null;
        _settings = reading?.Root as MapSetting;
        Problems = reading is null ? [] : [.. reading.Problems.Where(p => p.Code != "settings/empty"), .. reading.Root is null ? [] : SettingCheck.Check(reading.Root, KnownSetting.FileShape, shown)];
    }

    public override bool IsThere { get; }

    public override IReadOnlyList<Problem> Problems { get; }

    public override SettingValue? Find(KnownSetting setting)
    {
        if (_settings?[setting.Name] is not ScalarSetting { IsNull: false } scalar)
        {
            return null;
        }

        string text = setting.IsPath ? Path.GetFullPath(scalar.Text, Path.GetDirectoryName(_path)!) : scalar.Text;
        return new SettingValue(setting.Name, text, $"{_shown}:{scalar.Place.Line}", scalar.Place);
    }
}

internal sealed record BuiltInLayer(string ProjectFolder) : SettingLayer("built-in")
{
    public override bool IsThere => true;

    public override SettingValue Find(KnownSetting setting) => new(setting.Name, setting.BuiltIn(ProjectFolder), "built-in");
}
