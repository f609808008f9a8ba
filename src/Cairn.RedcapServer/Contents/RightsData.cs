using System.Globalization;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Contents;

/// <summary>Rights as the attributes of users and roles.</summary>
internal static class RightsData
{
    private const string Forms = "forms";
    private const string FormsExport = "forms_export";

    /// <summary>The rights by instrument, every instrument named.</summary>
    public static IReadOnlyList<Column> FormColumns { get; } = [new(Forms, ColumnKind.Map), new(FormsExport, ColumnKind.Map)];

    public static IEnumerable<string?> FormValues(Rights rights, Project project) => [Map(rights.Forms, project), Map(rights.FormsExport, project)];

    public static string Value(Rights rights, string name) => rights[name].ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// The rights an item gives on top of those there were. What it does not have, or has blank, stays as it was; of instruments, those that an attribute leaves
    /// out get no access. <c>data_export</c> (<c>data_export_tool</c> of roles), of before version 12, is for all instruments.
    /// </summary>
    public static Rights Read(DataItem item, Rights before, Project project, Faults faults)
    {
        Dictionary<string, int> values = new(before.Values);
        foreach (string name in Rights.Names.Where(n => item[n].Length > 0))
        {
            int most = name is "user_rights" or "lock_records" ? 2 : 1;
            if (Number(item[name], most) is { } value)
            {
                values[name] = value;
            }
            else
            {
                faults.Add($"{item}: the value \"{item[name]}\" of {name} is not valid");
            }
        }

        IReadOnlyDictionary<string, int> export = before.FormsExport;
        string all = item["data_export"].Length > 0 ? item["data_export"] : item["data_export_tool"];
        if (Number(all, 3) is { } everywhere)
        {
            export = project.Design.Forms.ToDictionary(f => f.Name, _ => everywhere);
        }
        else if (all.Length > 0)
        {
            faults.Add($"{item}: the value \"{all}\" of data_export is not valid");
        }

        return new Rights
        {
            Values = values,
            Forms = ByForm(item, Forms, before.Forms, project, faults),
            FormsExport = ByForm(item, FormsExport, export, project, faults),
        };
    }

    private static IReadOnlyDictionary<string, int> ByForm(DataItem item, string attribute, IReadOnlyDictionary<string, int> before, Project project, Faults faults)
    {
        if (!item.Has(attribute))
        {
            return before;
        }

        IReadOnlyList<KeyValuePair<string, int>> given = NamedNumbers.Read(item[attribute]);
        if (given.Count != item[attribute].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Length)
        {
            faults.Add($"{item}: the value \"{item[attribute]}\" of {attribute} is not a list of instruments with a number each");
        }

        Dictionary<string, int> rights = project.Design.Forms.ToDictionary(f => f.Name, _ => 0);
        foreach ((string form, int right) in given)
        {
            // From 15.6 on: 128, and a bit for each kind of access.
            if (!rights.ContainsKey(form) || !(right is >= 0 and <= 3 || (attribute == Forms && right is >= 128 and < 160)))
            {
                faults.Add($"{item}: the value \"{form}:{right}\" of {attribute} is not valid");
            }

            rights[form] = right;
        }

        return rights;
    }

    private static string Map(IReadOnlyDictionary<string, int> rights, Project project) =>
        NamedNumbers.Write(project.Design.Forms.Select(f => KeyValuePair.Create(f.Name, rights.GetValueOrDefault(f.Name))));

    private static int? Number(string text, int most) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= most ? value : null;
}
