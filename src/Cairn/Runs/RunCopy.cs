using Cairn.Adapters.Stores;
using Cairn.Core.Provenance;
using Cairn.Terminal;

namespace Cairn.Runs;

/// <summary>Gives a run away as one zip file or folder.</summary>
internal static class RunCopy
{
    public static ExitCode Write(RunManifest run, string? to, bool withData, Composition cairn)
    {
        string target = cairn.Absolute(to ?? run.Folder[(run.Folder.LastIndexOf('/') + 1)..] + ".zip");
        int files = new RunExport(cairn.Store).Write(run, target, withData);
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", true);
                json.WriteString("run", run.Folder);
                json.WriteString("path", target);
                json.WriteNumber("files", files);
                ProblemJson.Write(json, []);
            });
        }
        else
        {
            cairn.Screen.Out.WriteLine($"{Printable.Of(cairn.Shown(target))}   {Amount.Of(files, "file")} of run {run.Id}, checked by sha256sum -c {RunExport.List}");
        }

        return ExitCode.Done;
    }
}
