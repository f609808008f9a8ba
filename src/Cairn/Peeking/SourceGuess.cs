using System.Formats.Tar;
using System.IO.Compression;
using Cairn.Adapters.Files;
using Cairn.Core;
using Cairn.Core.Settings;

namespace Cairn.Peeking;

/// <summary>What a file or folder a person points at probably is: a connector with settings, said aloud so that it can be pasted into a flow.</summary>
/// <param name="Settings">As they would stand in a flow file, paths absolute.</param>
internal sealed record SourceGuess(string Connector, IReadOnlyList<KeyValuePair<string, string>> Settings)
{
    private const int EntriesLookedAt = 200;

    /// <param name="known">The names of the connectors there are: <c>archive:bundle.zip</c> names one of them outright.</param>
    public static SourceGuess Of(string source, string currentFolder, IReadOnlyList<string> known)
    {
        if (NamesTable(source, currentFolder))
        {
            int mark = source.LastIndexOf('#');
            SourceGuess whole = Of(source[..mark], currentFolder, known);
            return whole with { Settings = [.. whole.Settings, new("table", source[(mark + 1)..])] };
        }

        int colon = source.IndexOf(':', StringComparison.Ordinal);
        if (colon > 1 && known.Contains(source[..colon]) && !Path.Exists(Path.GetFullPath(source, currentFolder)))
        {
            return With(source[..colon], Path.GetFullPath(source[(colon + 1)..], currentFolder));
        }

        if (source.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || source.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            return OfAddress(source);
        }

        string path = Path.GetFullPath(source, currentFolder);
        try
        {
            if (Path.GetFileName(path).AsSpan().IndexOfAny('*', '?') >= 0 && Directory.Exists(Path.GetDirectoryName(path)))
            {
                return OfPattern(path) ?? throw Missing(source, path);
            }

            return Directory.Exists(path) ? OfFolder(path) : File.Exists(path) ? OfFile(path) : throw Missing(source, path);
        }
        catch (Exception cause) when (FileProblems.Is(cause) || cause is InvalidDataException)
        {
            throw new ProblemException(FileProblems.Reading(path, cause), cause);
        }
    }

    /// <summary>Is it <c>archive#table</c>: a table of a Darwin Core archive that is there?</summary>
    public static bool NamesTable(string source, string currentFolder)
    {
        int mark = source.LastIndexOf('#');
        string path = mark > 0 ? Path.GetFullPath(source[..mark], currentFolder) : "";
        return mark > 0 && !Path.Exists(Path.GetFullPath(source, currentFolder))
            && (File.Exists(Path.Combine(path, "meta.xml")) || (File.Exists(path) && FileKind.Of(path) is FileKind.Zip or FileKind.Tar));
    }

    /// <summary>As a flow file would have it: <c>delimited: { path: "a.csv", delimiter: comma }</c>.</summary>
    public string Text(Func<string, string> shown) =>
        $"{Connector}: {{ {string.Join(", ", Settings.Select(s => s.Key == "path" ? $"path: \"{shown(s.Value)}\"" : $"{s.Key}: {s.Value}"))} }}";

    public MapSetting AsSettings()
    {
        var place = new FilePlace("the command line");
        return new MapSetting([.. Settings.Select(s => new SettingEntry(s.Key, place, new ScalarSetting(s.Value, true, place)))], place);
    }

    private static SourceGuess OfFolder(string path) =>
        File.Exists(Path.Combine(path, "meta.xml")) ? With("darwin-core", path)
        : Directory.EnumerateFiles(path).Select(FileKind.Of).Any(k => k == FileKind.Text) ? Delimited(path, Directory.EnumerateFiles(path).First(f => FileKind.Of(f) == FileKind.Text))
        : With("archive", path);

    // An address is not fetched to look inside: its name must do.
    private static SourceGuess OfAddress(string address)
    {
        string name = address.Split('?', '#')[0];
        bool Ends(params string[] endings) => endings.Any(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));
        string connector = Ends(".zip") ? "darwin-core" : Ends(".tar", ".tar.gz", ".tgz") ? "archive" : Ends(".parquet") ? "parquet" : Ends(".jsonl", ".ndjson") ? "json-lines" : "delimited";
        return With(connector, address);
    }

    private static SourceGuess? OfPattern(string pattern)
    {
        string? first = Directory.EnumerateFiles(Path.GetDirectoryName(pattern)!, Path.GetFileName(pattern)).Order(StringComparer.Ordinal).FirstOrDefault();
        if (first is null)
        {
            return null;
        }

        SourceGuess guess = OfFile(first);
        return guess with { Settings = [new("path", pattern), .. guess.Settings.Skip(1)] };
    }

    private static SourceGuess OfFile(string path) => FileKind.Of(path) switch
    {
        FileKind.Zip => With(ZipNames(path).Any(IsDescriptor) ? "darwin-core" : "archive", path),
        FileKind.Tar => With(TarNames(path).Any(IsDescriptor) ? "darwin-core" : "archive", path),
        FileKind.Parquet => With("parquet", path),
        FileKind.JsonLines => With("json-lines", path),
        _ => Delimited(path, path),
    };

    private static SourceGuess Delimited(string path, string sample)
    {
        (string delimiter, bool quoted) = HeaderLine.Of(sample).Look();
        return With("delimited", path, new("delimiter", delimiter), new("quote", quoted ? "double" : "none"));
    }

    private static SourceGuess With(string connector, string path, params KeyValuePair<string, string>[] more) => new(connector, [new("path", path), .. more]);

    private static bool IsDescriptor(string name) => name == "meta.xml" || (name.EndsWith("/meta.xml", StringComparison.Ordinal) && name.Count(c => c == '/') <= 2);

    private static List<string> ZipNames(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        return [.. zip.Entries.Select(e => e.FullName)];
    }

    // A tar has no list of its own; its first members say enough, and nobody wants to wait for a bundle of gigabytes here.
    private static List<string> TarNames(string path)
    {
        using FileStream file = File.OpenRead(path);
        using Stream stream = FileKind.IsGzip(path) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var tar = new TarReader(stream);
        var names = new List<string>();
        while (names.Count < EntriesLookedAt && tar.GetNextEntry() is { } entry)
        {
            names.Add(entry.Name);
        }

        return names;
    }

    private static ProblemException Missing(string source, string path)
    {
        string? folder = Path.GetDirectoryName(path);
        string? near = Directory.Exists(folder) ? DidYouMean.Of(Path.GetFileName(path), Directory.EnumerateFileSystemEntries(folder).Select(e => Path.GetFileName(e))) : null;
        return new ProblemException(new Problem("peek/no-source", ProblemKind.Usage, $"there is no file or folder `{source}`", Help: "cairn peek --help")
        {
            Hint = near is null ? null : $"did you mean `{near}`?",
        });
    }
}
