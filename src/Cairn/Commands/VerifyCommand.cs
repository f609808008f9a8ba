using System.CommandLine;
using Cairn.Adapters.Stores;
using Cairn.Core;
using Cairn.Core.Provenance;
using Cairn.Runs;
using Cairn.Terminal;

namespace Cairn.Commands;

/// <summary><c>cairn verify out/result.tsv</c>, a run, or the whole store: do the bytes still match what was recorded?</summary>
internal static class VerifyCommand
{
    public static Command Create(Composition cairn)
    {
        var what = new Argument<string?>("what") { Description = "A file or a run's id; without it, every run's record and the journal", Arity = ArgumentArity.ZeroOrOne };
        var verify = new Verb("verify", "Say whether files and records still are what they were", Chapter.Runs)
        {
            More = "A file is compared with the latest run that read or wrote it; a run with its inputs, its outputs, its folder and its line in the journal. Exit code 1 says that something differs. The journal's head, noted elsewhere, shows later whether its end was cut off.",
            Examples =
            [
                new Example("cairn verify out/result.tsv", "is it still what the run wrote?"),
                new Example("cairn verify", "has any run been edited, removed or slipped in?"),
            ],
        };
        verify.Add(what);
        return verify.Does(parse => Verify(parse.GetValue(what), cairn));
    }

    private static ExitCode Verify(string? what, Composition cairn)
    {
        var verifier = new RunVerifier(cairn.Store);
        if (what is null)
        {
            return Print(verifier.All(), "the store", cairn);
        }

        string path = cairn.Absolute(what);
        using RunIndex index = cairn.Index();
        if (File.Exists(path) || index.UsesAt(path).Count > 0)
        {
            return Print(verifier.File(path, index), cairn.Shown(path), cairn);
        }

        string run = new RunHistory(cairn.Store).TryResolve(what) ?? throw new ProblemException(
            new Problem("verify/not-recorded", ProblemKind.Usage, $"`{what}` is neither a file nor a run on record", Help: "cairn runs list"));
        return Print(verifier.Run(run, index), "run " + what, cairn);
    }

    private static ExitCode Print(Verification verification, string what, Composition cairn)
    {
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", true);
                json.WriteBoolean("holds", verification.Holds);
                json.WriteString("of", verification.Of);
                RunsJson.List(json, "files", verification.Files, f =>
                {
                    json.WriteString("role", f.Role);
                    json.WriteString("run", f.Run);
                    json.WriteString("path", f.Path);
                    json.WriteString("recorded", f.Recorded);
                    json.WriteString("now", f.Now);
                    json.WriteString("state", System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(f.State.ToString()));
                });
                RunsJson.Head(json, "journal", verification.Head);
                ProblemJson.Write(json, verification.Problems);
            });
        }
        else
        {
            TextWriter to = cairn.Screen.Out;
            int elsewhere = verification.Files.Count(f => f.State == VerifiedState.NotHere), same = verification.Files.Count(f => f.State == VerifiedState.Same);
            string files = verification.Files.Count == 0 ? "" : $": {same} of {Amount.Of(verification.Files.Count - elsewhere, "file")} as recorded{(elsewhere == 0 ? "" : $", {elsewhere} elsewhere and not compared")}";
            to.WriteLine($"{Printable.Of(what)} {(verification.Holds ? cairn.Screen.OutInk.Good("matches its record") : cairn.Screen.OutInk.Warning("does not match its record"))}{files}");
            if (verification.Files.Count == 0)
            {
                to.WriteLine($"journal of {Amount.Of(verification.Head.Sequence, "line")}, head {verification.Head.Sha256}");
            }

            to.Flush();
            ProblemPrinter.Print(verification.Problems, cairn.Screen.Error, cairn.Screen.ErrorInk, cairn.Asked.Short, cairn.Screen.Width);
        }

        return verification.Holds ? ExitCode.Done : ExitCode.Found;
    }
}
