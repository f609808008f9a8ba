using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Cairn.EndToEnd.Docs;

/// <summary>
/// A shell in a folder of its own, with the built <c>cairn</c> on its path and beside a copy of the examples, as a reader has them who types
/// what a page shows, from its top to its bottom.
/// </summary>
internal sealed partial class Session : IDisposable
{
    // Stands in the pages for the ids of the first, the second, ... run, which are random.
    private static readonly string[] ShownIds = ["7f3a", "c41e", "09bd", "e526", "3a8f", "b70c", "52d1", "f96b", "8e14", "d27a", "461c", "adf3", "1b69", "c0e8", "75bd", "3f92"];

    private const char Mark = '\u001e';

    // The length of its name shows where long cells are cut, so it is the same everywhere.
    private readonly string _root = Directory.CreateDirectory($"/tmp/cairn-{Guid.NewGuid():n}"[..17]).FullName;
    private readonly List<string> _ids = [];
    private readonly Process _shell;

    public Session()
    {
        Folder = Directory.CreateDirectory(Path.Combine(_root, "here")).FullName;
        string tools = Directory.CreateDirectory(Path.Combine(_root, "tools")).FullName;
        string home = Directory.CreateDirectory(Path.Combine(_root, "home")).FullName;
        string cairn = Path.Combine(AppContext.BaseDirectory, "cairn");
        Assert.True(File.Exists(cairn), $"there is no {cairn}");
        File.CreateSymbolicLink(Path.Combine(tools, "cairn"), cairn);
        File.CreateSymbolicLink(Path.Combine(Folder, "cairn"), cairn);
        Copy(Repository.File("examples"), Path.Combine(Folder, "examples"));

        var start = new ProcessStartInfo("bash", ["--noprofile", "--norc"])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false),
        };
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("CAIRN_", StringComparison.Ordinal) || k.StartsWith("XDG_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["HOME"] = home;
        start.Environment["PATH"] = tools + ":" + start.Environment["PATH"];
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["TZ"] = "UTC";
        _shell = Process.Start(start)!;
        _shell.StandardInput.NewLine = "\n";
        _shell.StandardInput.WriteLine("exec 2>&1");
    }

    public string Folder { get; }

    public void Write(string name, string text)
    {
        string file = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>Types one command; returns the lines it prints, standard error among them, with ids as the pages show them.</summary>
    public async Task<IReadOnlyList<string>> Type(string command, CancellationToken stop)
    {
        string typed = Enumerable.Range(0, _ids.Count).Aggregate(command, (text, k) => Swap(text, ShownIds[k], _ids[k]));
        await _shell.StandardInput.WriteLineAsync($"{{ {typed}\n}} </dev/null; printf '{Mark}\\n'");
        await _shell.StandardInput.FlushAsync(stop);
        var lines = new List<string>();
        while (true)
        {
            string line = await _shell.StandardOutput.ReadLineAsync(stop) ?? throw new InvalidOperationException($"the shell ended with: {command}");
            int end = line.IndexOf(Mark, StringComparison.Ordinal);
            if (end != 0)
            {
                lines.Add(end < 0 ? line : line[..end]);
            }

            if (end >= 0)
            {
                break;
            }
        }

        Remember();
        return [.. lines.Select(l => Shown(l).TrimEnd())];
    }

    public void Dispose()
    {
        _shell.Kill(entireProcessTree: true);
        _shell.WaitForExit();
        _shell.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private string Shown(string line)
    {
        string text = Enumerable.Range(0, _ids.Count).Aggregate(line, (l, k) => Swap(l, _ids[k], ShownIds[k]));
        text = text.Replace($"{Environment.UserName} on {Environment.MachineName}", "you on your machine", StringComparison.Ordinal);
        return text.Replace(Folder, "/home/you/here", StringComparison.Ordinal).Replace(_root, "/home/you", StringComparison.Ordinal);
    }

    private static string Swap(string text, string id, string other) => Regex.Replace(text, $@"(?<![\w.,/]){Regex.Escape(id)}(?![\w,]|\.\d)", other);

    // The runs there are now, in the order in which they were begun.
    private void Remember()
    {
        foreach (string folder in Directory.EnumerateDirectories(Folder, "*T*-*", SearchOption.AllDirectories)
            .Where(f => RunFolder().IsMatch(f)).OrderBy(f => Directory.GetCreationTimeUtc(f)))
        {
            string id = folder[(folder.LastIndexOf('-') + 1)..];
            if (!_ids.Contains(id))
            {
                _ids.Add(id);
            }
        }

        Assert.True(_ids.Count <= ShownIds.Length, "a page starts more runs than there are ids to show");
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        // What a person's own runs left in the examples is no part of them.
        foreach (string folder in Directory.EnumerateDirectories(from).Where(f => Path.GetFileName(f) is not (".cairn" or "out")))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }

    [GeneratedRegex(@"/runs/\d{4}-\d\d/\d\dT[^/]*-[0-9a-f]{4,16}$")]
    private static partial Regex RunFolder();
}
