using System.Diagnostics;
using System.Security.Cryptography;
using Cairn.Adapters;
using Cairn.Adapters.Downloads;
using Cairn.Adapters.DuckDb.Workbench;
using Cairn.Configuration;
using Cairn.Core.Flows;

namespace Cairn.Running;

/// <summary>The core's ports with this program's adapters behind them.</summary>
internal static class World
{
    /// <param name="progress">Null: nobody watches.</param>
    public static FlowWorld Of(Composition cairn, IProgressWatch? progress, Addresses addresses)
    {
        SettingsInForce settings = cairn.Settings;
        return new FlowWorld(
            name => Discovery.Sources.First(s => s.Name == name),
            name => Discovery.Destinations.First(d => d.Name == name),
            (folder, memory) => settings.Temp is { } temp ? new TemporaryBench(Path.Combine(temp, "cairn-" + Path.GetRandomFileName()), memory) : new DuckDbWorkbench(folder, memory),
            addresses,
            progress ?? NoProgress.Watch,
            RandomNumberGenerator.Fill,
            cairn.Cache,
            cairn.Clock,
            () => Process.GetCurrentProcess().TotalProcessorTime);
    }

    public static FlowOptions Options(Composition cairn) => new(cairn.Settings.MemoryBytes(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes));
}
