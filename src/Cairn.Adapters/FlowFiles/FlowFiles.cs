using Cairn.Adapters.Yaml;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Settings;

namespace Cairn.Adapters.FlowFiles;

/// <summary>A flow file with all those that its <c>flows</c> name, and theirs.</summary>
public static class FlowFiles
{
    /// <summary>
    /// The named flow last, before it each flow it needs, in the order of running and each once. A value given with <c>--set</c> goes to every flow that
    /// declares its name; one that none declares is a problem of the named flow.
    /// </summary>
    /// <returns>At least one; problems stand with the file they belong to, and a ring of flows with the file that closes it.</returns>
    public static IReadOnlyList<FlowFile> Read(string named, string currentFolder, string? projectFolder, IReadOnlyList<KeyValuePair<string, string>> set)
    {
        FlowFileSearch found = FlowFileSearch.For(named, currentFolder, projectFolder);
        if (found.Problem is Problem problem)
        {
            return [new FlowFile(null, null, [problem])];
        }

        var order = new List<FlowFile>();
        var declared = new HashSet<string>(StringComparer.Ordinal);
        Visit(found.Path!, found.Shown!, null);
        return order;

        void Visit(string path, string shown, Chain? from)
        {
            if (order.Any(f => f.Path == path))
            {
                return;
            }

            if (SettingsFile.Read(path, shown) is not SettingReading settings)
            {
                order.Add(new FlowFile(path, null, [FlowFileSearch.NotThere(shown, [])]));
                return;
            }

            var root = settings.Root as MapSetting;
            var own = (root?["parameters"] as MapSetting)?.Entries.Select(e => e.Key).ToHashSet(StringComparer.Ordinal) ?? [];
            declared.UnionWith(own);
            var chain = new Chain(path, shown, from);

            // What no flow declares is left to the named flow, which is read last and refuses it.
            FlowFile file = FlowFile.Bound(settings, path, shown, currentFolder, [.. set.Where(s => own.Contains(s.Key))]);
            var problems = new List<Problem>(file.Problems);
            foreach (string before in file.Flow?.Flows ?? [])
            {
                if (chain.Ring(before) is string ring)
                {
                    problems.Add(new Problem("flow/flows-cycle", ProblemKind.Usage, $"these flows wait for each other: {ring}", file.Flow!.Place,
                        "take one of them out of `flows:`"));
                }
                else
                {
                    Visit(before, FlowFileSearch.Show(before, currentFolder), chain);
                }
            }

            problems.AddRange(from is null ? Undeclared(root) : []);
            order.Add(file with { Problems = problems, Flow = problems.All(p => p.Kind == ProblemKind.Finding) ? file.Flow : null });
        }

        IEnumerable<Problem> Undeclared(MapSetting? root) => set.Select(s => s.Key).Distinct().Where(n => root is not null && !declared.Contains(n))
            .Select(n => ParameterFill.Unknown(n, declared));
    }

    private sealed record Chain(string Path, string Shown, Chain? From)
    {
        /// <summary>The names from a flow down to this one and back, when it is among those that led here.</summary>
        public string? Ring(string path)
        {
            var names = new List<string>();
            for (Chain? at = this; at is not null; at = at.From)
            {
                names.Insert(0, at.Shown);
                if (at.Path == path)
                {
                    return string.Join(" -> ", names.Append(at.Shown));
                }
            }

            return null;
        }
    }
}
