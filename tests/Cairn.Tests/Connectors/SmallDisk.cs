using System.Diagnostics;

namespace Cairn.Tests.Connectors;

/// <summary>A file system in memory, mounted for one test where that is permitted.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string folder;

    private SmallDisk(string folder) => this.folder = folder;

    /// <param name="options">As for mount, such as size=1m or ro.</param>
    public static SmallDisk Mount(string folder, string options)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "mounts are made on Linux only");
        Directory.CreateDirectory(folder);
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder) == 0, "this account may not mount");
        return new SmallDisk(folder);
    }

    public void Dispose() => Assert.Equal(0, Run("umount", folder));

    private static int Run(string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
