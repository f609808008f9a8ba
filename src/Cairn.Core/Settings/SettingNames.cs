using Cairn.Core.Flows;

namespace Cairn.Core.Settings;

/// <summary>
/// Takes names out of settings. What does not have the right form is left out without a word: the check against the shape has said so.
/// </summary>
internal static class SettingNames
{
    public static ScalarSetting? Scalar(this MapSetting? map, string key) => map?[key] is ScalarSetting { IsNull: false } scalar ? scalar : null;

    public static NameAt? Name(this MapSetting? map, string key) => map.Scalar(key) is ScalarSetting scalar ? Name(scalar) : null;

    public static NameAt Name(ScalarSetting scalar) => new(scalar.Text, scalar.Place);

    public static NameAt Name(SettingEntry entry) => new(entry.Key, entry.KeyPlace);

    /// <summary>One name, or a list of them; null when the key is absent.</summary>
    public static IReadOnlyList<NameAt>? Names(this MapSetting? map, string key) => map?[key] is Setting setting ? Names(setting) : null;

    public static IReadOnlyList<NameAt> Names(Setting setting) => setting switch
    {
        ScalarSetting { IsNull: false } scalar => [Name(scalar)],
        ListSetting list => [.. list.Items.OfType<ScalarSetting>().Where(s => !s.IsNull).Select(Name)],
        _ => [],
    };

    public static IReadOnlyList<SettingEntry> Entries(this MapSetting? map, string key) => map?[key] is MapSetting inner ? inner.Entries : [];

    /// <summary>The place of a key, or of the mapping when it is absent.</summary>
    public static FilePlace KeyPlace(this MapSetting map, string key) => map.Entries.FirstOrDefault(e => e.Key == key)?.KeyPlace ?? map.Place;
}
