using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Cairn.Commands;
using Cairn.Core;

namespace Cairn;

/// <summary>What is written down when Cairn itself is at fault: enough to find the fault, nothing of the person's data or secrets.</summary>
internal static class FaultReport
{
    public static Problem Write(Exception fault, Composition cairn)
    {
        var problem = new Problem("cairn/fault", ProblemKind.Fault, "Cairn met a fault of its own; this is not about your data or your flow");
        try
        {
            string folder = Path.Combine(cairn.Store, "reports");
            Directory.CreateDirectory(folder);
            string file = Path.Combine(folder, cairn.Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH-mm-ss-fff", CultureInfo.InvariantCulture) + ".txt");
            File.WriteAllText(file, Text(fault, cairn));
            return problem with { Details = [$"a report without data or secrets is in {cairn.Shown(file)}"], Help = "read the report, then attach it to an issue" };
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ProblemException)
        {
            return problem with { Details = ["a report could not be written here"], Help = "run it again in a folder you can write to, and attach the report it leaves" };
        }
    }

    /// <summary>Types and lines of the program only: messages of exceptions can hold cells, paths and secrets.</summary>
    public static string Text(Exception fault, Composition cairn)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"cairn {VersionCommand.Text}\n{RuntimeInformation.FrameworkDescription}\n{RuntimeInformation.OSDescription}\n");
        text.Append(CultureInfo.InvariantCulture, $"time {cairn.Clock.GetUtcNow():O}\n");
        text.Append(CultureInfo.InvariantCulture, $"command {cairn.CommandName}\n");
        for (Exception? at = fault; at is not null; at = at.InnerException)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{at.GetType().FullName}\n{at.StackTrace}\n");
        }

        return text.ToString();
    }
}
