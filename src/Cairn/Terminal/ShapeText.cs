using Cairn.Core.Settings;

namespace Cairn.Terminal;

/// <summary>What a setting may be, in a few words.</summary>
internal static class ShapeText
{
    public static string Of(SettingShape shape) => shape switch
    {
        ScalarShape scalar => scalar.Kind == "boolean" ? "true | false" : scalar.Kind,
        ChoiceShape choice => string.Join(" | ", choice.Values),
        ListShape list => $"list of {Of(list.Item)}",
        MapShape map => $"mapping of {Of(map.Value)}",
        EitherShape either => string.Join(" or ", either.Shapes.Select(Of)),
        ObjectShape shown => $"{{ {string.Join(", ", shown.Keys.Select(k => k.Name))} }}",
        _ => "anything",
    };
}
