using System.Diagnostics;

namespace Cairn.EndToEnd;

/// <summary>What a process left behind.</summary>
internal sealed record Finished(int Code, string Out, string Error);

/// <summary>The built program, started as a person starts it, in a folder of its own.</summary>
internal sealed class Built : IDisposable
{
    public static readonly string Program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "cairn.exe" : "cairn");

    public string Folder { get; } = Directory.CreateTempSubdirectory("cairn-built-").FullName;
    public Dictionary<string, string?> Environment { get; } = new() { ["NO_COLOR"] = null, ["CAIRN_SHARED"] = null };

    public Finished Run(params string[] line)
    {
        using Process process = Start(Program, line);
        return Finish(process);
    }

    public Process Start(string program, params string[] line)
    {
        var start = new ProcessStartInfo(program, line)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["HOME"] = Folder;
        foreach ((string name, string? value) in Environment)
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    public static Finished Finish(Process process)
    {
        Task<string> error = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Finished(process.ExitCode, text, error.Result);
    }

    public string Write(string path, string text)
    {
        string full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
