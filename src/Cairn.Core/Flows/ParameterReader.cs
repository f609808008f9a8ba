using System.Globalization;
using Cairn.Core.Settings;

namespace Cairn.Core.Flows;

/// <summary>Reads <c>parameters:</c> and puts the values given with <c>--set</c> in force.</summary>
internal static class ParameterReader
{
    public static IReadOnlyList<Parameter> Read(MapSetting tree, FlowRequest request, List<Problem> problems)
    {
        var parameters = new List<Parameter>();
        foreach (SettingEntry entry in tree.Entries("parameters"))
        {
            FlowNames.CheckParameter(SettingNames.Name(entry), problems);
            if (entry.Value is MapSetting map && One(entry, map, request, problems) is Parameter parameter)
            {
                parameters.Add(parameter);
            }
        }

        foreach (string name in request.Set.Select(s => s.Key).Distinct().Where(n => tree.Entries("parameters").All(e => e.Key != n)))
        {
            problems.Add(ParameterFill.Unknown(name, parameters.Select(p => p.Name)));
        }

        return parameters;
    }

    private static Parameter? One(SettingEntry entry, MapSetting map, FlowRequest request, List<Problem> problems)
    {
        ParameterKind kind = map.Name("type")?.Name switch
        {
            "number" => ParameterKind.Number,
            "file" => ParameterKind.File,
            "folder" => ParameterKind.Folder,
            _ => ParameterKind.Text,
        };
        bool set = request.Set.Any(s => s.Key == entry.Key);
        NameAt? written = set ? new NameAt(request.Set.Last(s => s.Key == entry.Key).Value, new FilePlace($"--set {entry.Key}")) : map.Name("default");
        if (written is null)
        {
            problems.Add(new Problem("flow/parameter-not-set", ProblemKind.Usage, $"the parameter `{Shortened.Of(entry.Key)}` has no default and was given no value", entry.KeyPlace,
                $"add --set {Shortened.Of(entry.Key)}=VALUE to the command, or `default:` here"));

            // The parameter is known all the same, so that its uses are not reported as well.
            written = new NameAt(kind == ParameterKind.Number ? "0" : "", entry.KeyPlace);
        }
        else if (kind == ParameterKind.Number && !double.TryParse(written.Name, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            problems.Add(new Problem("flow/parameter-value", ProblemKind.Usage, $"the parameter `{Shortened.Of(entry.Key)}` is a number, and `{Shortened.Of(written.Name)}` is not one", written.Place,
                "write digits, with a point before decimals"));
        }
        else if (!set && written.Name.Contains("${", StringComparison.Ordinal))
        {
            problems.Add(new Problem("flow/parameter-value", ProblemKind.Usage, $"the default of `{Shortened.Of(entry.Key)}` refers to a parameter, and defaults are taken as they stand", written.Place,
                "write the value out, or put the two together where they are used"));
        }

        string value = kind is ParameterKind.File or ParameterKind.Folder ? Absolute(written, set ? request.CurrentFolder : request.Folder, problems) : written.Name;
        return new Parameter(entry.Key, kind, value, set ? "--set" : written.Place.ToString(), map.Name("about")?.Name, entry.KeyPlace);
    }

    private static string Absolute(NameAt path, string folder, List<Problem> problems)
    {
        // An address stays as it is: a source may be downloaded.
        if (path.Name.Contains("://", StringComparison.Ordinal))
        {
            return path.Name;
        }

        if (path.Name.Contains('\0', StringComparison.Ordinal))
        {
            problems.Add(new Problem("flow/parameter-value", ProblemKind.Usage, "a path cannot hold the character U+0000", path.Place, "write the path again"));
            return folder;
        }

        return path.Name.Length == 0 ? "" : Path.GetFullPath(path.Name, folder);
    }
}
