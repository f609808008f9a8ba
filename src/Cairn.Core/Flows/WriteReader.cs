using Cairn.Core.Settings;

namespace Cairn.Core.Flows;

/// <summary>Reads one entry under <c>write:</c>.</summary>
internal static class WriteReader
{
    /// <summary>Null when the entry has no connector, or settings the connector would not understand; the check against the shape has said so.</summary>
    public static Write? Read(SettingEntry entry, IReadOnlyList<IDestinationConnector> destinations, FlowScope scope)
    {
        if (entry.Value is not MapSetting map || map["to"] is not MapSetting to)
        {
            return null;
        }

        foreach (SettingEntry chosen in to.Entries)
        {
            IDestinationConnector? connector = destinations.FirstOrDefault(d => d.Name == chosen.Key);
            if (connector is null || chosen.Value is not MapSetting settings || SettingCheck.Check(settings, connector.DestinationShape, connector.Name).Count > 0)
            {
                continue;
            }

            // A destination of one table is named after the entry, so the place of the entry is its place.
            IReadOnlyList<NameAt> tables = [.. connector.Tables(entry.Key, settings).Select(t => t.Name == entry.Key ? t with { Place = entry.KeyPlace } : t)];
            foreach (NameAt table in tables)
            {
                scope.Tables.Refer(table, table.Name == entry.Key ? "`write` names" : $"`{Shortened.Of(entry.Key)}` writes");
            }

            return new Write(entry.Key, tables, connector.Name, settings, entry.KeyPlace);
        }

        return null;
    }
}
