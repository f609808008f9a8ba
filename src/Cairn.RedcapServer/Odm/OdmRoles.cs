using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cairn.RedcapServer.Definitions;

namespace Cairn.RedcapServer.Odm;

/// <summary>A user role as an element of project XML, where most rights have other names than in the API.</summary>
internal static class OdmRoles
{
    private const string Forms = "data_entry", FormsExport = "data_export_instruments";

    /// <summary>The attributes in the order of REDCap 14.7, with the right each is in the API (null when it is none) and the value of a role not from XML.</summary>
    private static readonly (string Attribute, string? Right, string Usual)[] Attributes =
    [
        ("lock_record", "lock_records", ""), ("lock_record_multiform", "lock_records_all_forms", ""), ("lock_record_customize", "lock_records_customization", ""),
        ("data_export_tool", null, ""), (FormsExport, null, ""), ("data_import_tool", "data_import_tool", ""), ("data_comparison_tool", "data_comparison_tool", ""),
        ("data_logging", "logging", ""), ("email_logging", "email_logging", ""), ("file_repository", "file_repository", ""), ("double_data", null, "0"),
        ("user_rights", "user_rights", ""), ("data_access_groups", "data_access_groups", ""), ("graphical", "stats_and_charts", ""), ("reports", "reports", ""),
        ("design", "design", ""), ("alerts", "alerts", ""), ("calendar", "calendar", ""), (Forms, null, ""), ("api_export", "api_export", ""), ("api_import", "api_import", ""),
        ("api_modules", "api_modules", ""), ("mobile_app", "mobile_app", ""), ("mobile_app_download_data", "mobile_app_download_data", ""), ("record_create", "record_create", ""),
        ("record_rename", "record_rename", ""), ("record_delete", "record_delete", ""), ("dts", null, "0"), ("participants", "manage_survey_participants", ""),
        ("data_quality_design", "data_quality_create", ""), ("data_quality_execute", "data_quality_execute", ""), ("data_quality_resolution", null, "1"),
        ("random_setup", "random_setup", ""), ("random_dashboard", "random_dashboard", ""), ("random_perform", "random_perform", ""),
        ("realtime_webservice_mapping", null, "0"), ("realtime_webservice_adjudicate", null, "0"), ("external_module_config", null, ""), ("mycap_participants", "mycap_participants", ""),
    ];

    public static Role Read(OdmElement element)
    {
        (string label, string? unique) = ("", null);
        var rights = new Dictionary<string, int>(StringComparer.Ordinal);
        var others = new List<OdmAttribute>();
        (IReadOnlyDictionary<string, int> forms, IReadOnlyDictionary<string, int> export) = (new Dictionary<string, int>(), new Dictionary<string, int>());
        foreach (OdmAttribute attribute in element.Attributes)
        {
            (string name, string value) = attribute;
            if (name == "role_name")
            {
                label = value;
            }
            else if (name == "unique_role_name")
            {
                unique = value;
            }
            else if (name == Forms)
            {
                forms = ByForm(value);
            }
            else if (name == FormsExport)
            {
                export = ByForm(value);
            }
            else if (Attributes.FirstOrDefault(a => a.Attribute == name).Right is { } right && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                rights[right] = number;
            }
            else
            {
                others.Add(attribute);
            }
        }

        // Older versions wrote no unique name: one like theirs, and the same each time.
        unique ??= "U-" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(label)))[..10];
        return new Role(unique, label, new Rights { Values = rights, Forms = forms, FormsExport = export }) { OtherAttributes = others };
    }

    public static OdmElement Write(Role role)
    {
        Dictionary<string, string> others = role.OtherAttributes.ToDictionary(a => a.Name, a => a.Value);
        var attributes = new List<OdmAttribute> { new("role_name", role.Label), new("unique_role_name", role.UniqueName) };
        foreach ((string attribute, string? right, string usual) in Attributes)
        {
            attributes.Add(new(attribute, others.Remove(attribute, out string? kept) ? kept : attribute switch
            {
                Forms => ByForm(role.Rights.Forms),
                FormsExport => ByForm(role.Rights.FormsExport),
                _ => right is null ? usual : role.Rights[right].ToString(CultureInfo.InvariantCulture),
            }));
        }

        attributes.AddRange(role.OtherAttributes.Where(a => others.ContainsKey(a.Name)));
        return new OdmElement("UserRoles", attributes, "", []);
    }

    private static string ByForm(IReadOnlyDictionary<string, int> rights) => string.Concat(rights.Select(p => string.Create(CultureInfo.InvariantCulture, $"[{p.Key},{p.Value}]")));

    /// <summary><c>[demographics,1][visit,0]</c>; what is not of this form is passed over.</summary>
    private static Dictionary<string, int> ByForm(string text)
    {
        var rights = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string part in text.Split(['[', ']'], StringSplitOptions.RemoveEmptyEntries))
        {
            int comma = part.LastIndexOf(',');
            if (comma > 0 && int.TryParse(part.AsSpan(comma + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                rights[part[..comma]] = number;
            }
        }

        return rights;
    }
}
