using System.CommandLine;
using Cairn.Adapters.Stores;
using Cairn.Core;
using Cairn.Core.Provenance;
using Cairn.Runs;
using Cairn.Terminal;

namespace Cairn.Commands;

/// <summary><c>cairn archive</c>: past versions of files that runs kept, by their content.</summary>
internal static class ArchiveCommand
{
    public static Command Create(Composition cairn)
    {
        var archive = new Verb("archive", "List or fetch past versions of files that runs kept", Chapter.Runs)
        {
            More = "A flow keeps versions with `keep: { inputs: true, outputs: true, size_limit: 2GB }`.",
            Examples =
            [
                new Example("cairn archive list", "what is kept"),
                new Example("cairn archive get out/result.tsv@7f3a --out old.tsv", "a file as run 7f3a wrote it"),
            ],
        };
        archive.Add(Get(cairn));
        archive.Add(List(cairn));
        return archive.Does(_ => Print(cairn));
    }

    private static Verb List(Composition cairn) => new Verb("list", "List the versions that are kept", Chapter.Runs)
    {
        Examples = [new Example("cairn archive list", "hash, size, name and run"), new Example("cairn archive list --json", "the same as data")],
    }.Does(_ => Print(cairn));

    private static Verb Get(Composition cairn)
    {
        var what = new Argument<string>("what") { Description = "A hash (or its beginning), or file@run" };
        var to = new Option<string>("--out") { Description = "Where to write it (its old name, in the current folder)", HelpName = "file" };
        var get = new Verb("get", "Write a kept version to a file", Chapter.Runs)
        {
            Examples =
            [
                new Example("cairn archive get 9f86d081884c --out old.tsv", "by hash"),
                new Example("cairn archive get data/media.tsv.gz@7f3a", "as run 7f3a read it"),
            ],
        };
        get.Add(what);
        get.Options.Add(to);
        return get.Does(parse => Write(parse.GetRequiredValue(what), parse.GetValue(to), cairn));
    }

    private static ExitCode Write(string what, string? to, Composition cairn)
    {
        using RunIndex index = cairn.Index();
        DataVersion version = ArchivedVersion.Of(what, cairn.Absolute, index, new RunHistory(cairn.Store));
        string target = cairn.Absolute(to ?? Path.GetFileName(version.Path));
        if (to is null && File.Exists(target))
        {
            throw new ProblemException(new Problem("archive/exists", ProblemKind.Usage, $"{cairn.Shown(target)} is there already; nothing was written", new FilePlace(target), $"cairn archive get {what} --out FILE"));
        }

        DataVersion written = new FileArchive(cairn.Store).Restore(version.Sha256, target);
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", true);
                RunsJson.Version(json, "file", written);
                ProblemJson.Write(json, []);
            });
        }
        else
        {
            cairn.Screen.Out.WriteLine($"{Printable.Of(cairn.Shown(written.Path))}   {Amount.Bytes(written.Bytes)}, sha256 {written.Sha256}");
        }

        return ExitCode.Done;
    }

    private static ExitCode Print(Composition cairn)
    {
        using RunIndex index = cairn.Index();
        List<(StoredVersion Stored, DataUse? Use)> kept = [.. new FileArchive(cairn.Store).List().Select(v => (v, index.UsesOf(v.Sha256).LastOrDefault()))];
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", true);
                RunsJson.List(json, "versions", kept, k =>
                {
                    json.WriteString("sha256", k.Stored.Sha256);
                    json.WriteNumber("stored", k.Stored.Stored);
                    if (k.Use is { } use)
                    {
                        json.WriteNumber("bytes", use.Data.Bytes);
                        json.WriteString("path", use.Data.Path);
                        json.WriteString("run", use.Run);
                    }
                });
                ProblemJson.Write(json, []);
            });
            return ExitCode.Done;
        }

        if (kept.Count == 0)
        {
            cairn.Screen.Out.WriteLine("nothing is kept; a flow keeps versions with `keep: { inputs: true, outputs: true }`");
            return ExitCode.Done;
        }

        var grid = new Grid("sha256", ">bytes", ">on disk", "run", "last seen as") { CutLast = true, Paths = [4] };
        foreach ((StoredVersion stored, DataUse? use) in kept)
        {
            grid.Add(stored.Sha256[..12], use is null ? "" : Amount.Bytes(use.Data.Bytes), Amount.Bytes(stored.Stored), use is null ? "" : use.Run[(use.Run.LastIndexOf('-') + 1)..], use is null ? "" : cairn.Shown(use.Data.Path));
        }

        grid.Print(cairn.Screen.Out, cairn.Screen.OutInk, cairn.Screen.Width);
        return ExitCode.Done;
    }
}
