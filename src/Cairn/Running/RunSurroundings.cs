using System.Runtime.InteropServices;
using Cairn.Commands;
using Cairn.Core.Provenance;

namespace Cairn.Running;

/// <summary>Who runs it, where and with what, for the run's record. Of the environment only what can change a result; nothing secret is among it.</summary>
internal static class RunSurroundings
{
    private static readonly string[] Recorded = ["LANG", "LC_ALL", "TZ", "CAIRN_STORE", "CAIRN_MEMORY", "CAIRN_TEMP", "CAIRN_KEEP", "CAIRN_PROJECT"];

    public static Surroundings Of(Composition cairn) => new(
        Environment.UserName,
        Environment.MachineName,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        VersionCommand.Text,
        Environment.ProcessId,
        ["cairn", .. cairn.Line],
        cairn.CurrentFolder,
        Recorded.Where(cairn.Environment.ContainsKey).ToDictionary(n => n, n => cairn.Environment[n]));
}
