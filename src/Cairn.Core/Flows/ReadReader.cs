using System.Globalization;
using Cairn.Core.Settings;

namespace Cairn.Core.Flows;

/// <summary>Reads one entry under <c>read:</c>.</summary>
internal static class ReadReader
{
    /// <summary>Null when the entry has no connector or several; the check against the shape has said so.</summary>
    public static Read? Read(SettingEntry entry, IReadOnlyList<ISourceConnector> sources, FlowScope scope)
    {
        if (entry.Value is not MapSetting map)
        {
            return null;
        }

        IReadOnlyList<Expectation> checks = ExpectationReader.Read(map, scope);
        SettingEntry? connector = map.Entries.FirstOrDefault(e => sources.Any(s => s.Name == e.Key));
        return connector?.Value is not MapSetting settings ? null : new Read(entry.Key, connector.Key, settings, scope.Names(map, "fields") is { Count: > 0 } fields ? fields : null, entry.KeyPlace)
        {
            Refused = Refused(map, scope),
            Checks = checks,
        };
    }

    private static RefusedPolicy Refused(MapSetting map, FlowScope scope)
    {
        if (map.Scalar("refused") is not ScalarSetting written || written.Text == "list")
        {
            return RefusedPolicy.List;
        }

        if (!long.TryParse(written.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long limit))
        {
            return RefusedPolicy.Stop;
        }

        if (limit < 0)
        {
            scope.Add("flow/wrong-value", $"`refused` takes `list`, `stop` or a number of rows, not `{written.Text}`", written.Place,
                "write the greatest number of rows that may be refused");
        }

        return new RefusedPolicy(Math.Max(0, limit));
    }
}
