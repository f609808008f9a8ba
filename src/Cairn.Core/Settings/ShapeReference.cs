using System.Text;

namespace Cairn.Core.Settings;

/// <summary>Writes settings shapes as Markdown for the reference: a heading and a table of keys for each mapping.</summary>
public static class ShapeReference
{
    /// <param name="level">The heading's level, from 1.</param>
    public static string Section(string heading, int level, string text, ObjectShape shape)
    {
        var page = new StringBuilder();
        page.Append('#', level).Append(' ').Append(heading).Append("\n\n");
        if (text.Length > 0)
        {
            page.Append(text).Append("\n\n");
        }

        Table(page, shape);
        return page.ToString();
    }

    /// <summary>What a setting takes, in a few words.</summary>
    public static string Words(SettingShape shape) => shape switch
    {
        ScalarShape { Kind: "boolean" } => "`true` or `false`",
        ScalarShape { Kind: "integer" } => "whole number",
        ScalarShape { Kind: "blankable" } => "text or nothing",
        ScalarShape => "text",
        ChoiceShape choice => string.Join(", ", choice.Values.Select(v => $"`{v}`")),
        ListShape list => $"list of {Words(list.Item)}",
        MapShape map => $"mapping to {Words(map.Value)}",
        EitherShape either => string.Join(", or ", either.Shapes.Select(Words).Distinct()),
        ObjectShape { Keys.Count: <= 4 } small => $"mapping of {string.Join(", ", small.Keys.Select(k => $"`{k.Name}`"))}",
        ObjectShape => "mapping, see below",
        _ => "anything",
    };

    private static void Table(StringBuilder page, ObjectShape shape)
    {
        page.Append("| key | takes | default | |\n|---|---|---|---|\n");
        foreach (KeyShape key in shape.Keys)
        {
            string preset = key.Required ? "required" : key.Default is null ? "" : $"`{key.Default}`";
            page.Append(System.Globalization.CultureInfo.InvariantCulture, $"| `{key.Name}` | {Cell(Words(key.Shape))} | {Cell(preset)} | {Cell(key.About)} |\n");
        }

        if (shape.Others is KeyShape others)
        {
            page.Append(System.Globalization.CultureInfo.InvariantCulture, $"| *{others.Name}* | {Cell(Words(others.Shape))} | | {Cell(others.About)} |\n");
        }
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
