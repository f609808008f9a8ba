using System.Globalization;
using System.Text;
using Cairn.Adapters.Files;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Stores;

/// <summary>A run under way: its folder, held by a lock that goes with the process.</summary>
internal sealed class OpenRun : IOpenRun
{
    private readonly StorePaths _paths;
    private readonly RunManifest _opened;
    private readonly TimeProvider _time;
    private readonly FileStream _lock;
    private readonly Lock _writing = new();
    private readonly StreamWriter _log;
    private TextTable? _refused;

    public OpenRun(StorePaths paths, RunManifest opened, TimeProvider time)
    {
        _paths = paths;
        _opened = opened;
        _time = time;
        Folder = paths.Folder(opened.Folder);
        Work = Directory.CreateDirectory(paths.WorkOf(opened.Folder)).FullName;
        _lock = FileLock.TryTake(Path.Combine(Folder, StorePaths.RunLock)) ?? throw new IOException($"{Folder} is held by another process");
        _log = new StreamWriter(Path.Combine(Folder, "log.jsonl"), append: false, new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };
    }

    public string Id => _opened.Id;

    public string Folder { get; }

    public string Work { get; }

    public void Log(string level, string message)
    {
        string line = RunJson.Line(new LogLine(_time.GetUtcNow(), level, message));
        Keep(() =>
        {
            lock (_writing)
            {
                _log.WriteLine(line);
            }
        });
    }

    public void Planned(FlowReport plan) => Keep(() => DurableFile.Write(Path.Combine(Folder, "plan.json"), RunJson.Bytes(plan)));

    public void Refused(RefusedRow row) => Keep(() =>
    {
        lock (_writing)
        {
            _refused ??= new TextTable(Path.Combine(Folder, "refused.tsv"), ["table", "file", "line", "row", "code", "reason", "text"]);
            _refused.Row(row.Table, row.File, row.Line.ToString(CultureInfo.InvariantCulture), row.Row.ToString(CultureInfo.InvariantCulture), row.Code, row.Reason, row.Text);
        }
    });

    public void Rows(string folder, string name, ITableRows rows) => Keep(() =>
    {
        string into = Path.Combine(Folder, FileNames.Safe(folder, 40));
        Directory.CreateDirectory(into);
        TextTable.WriteAll(Path.Combine(into, FileNames.Safe(name, 80) + ".tsv"), rows);
    });

    public IReadOnlyList<Problem> Close(RunClosing closing, Keep keep)
    {
        try
        {
            IReadOnlyList<Problem> found = new RunEnd(_paths, _opened, _time).Write(closing, keep, EndFiles);
            File.Delete(_lock.Name);
            return found;
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            throw new ProblemException(
                new Problem("run/cannot-close", ProblemKind.Partial, $"the record of the run cannot be finished in {Folder}: {e.Message}; its outputs are as the plan says, but the run will be shown as interrupted", Help: $"cairn runs show {Id}"), e);
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        try
        {
            EndFiles();
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            // The disk is full: whoever wrote last has been told, and the run goes on record as interrupted.
        }
        finally
        {
            _lock.Dispose();
        }
    }

    private void Keep(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            throw new ProblemException(
                new Problem("run/cannot-write", ProblemKind.Refused, $"the run's record cannot be kept in {Folder}: {e.Message}", Help: "free some space, then run again"), e);
        }
    }

    private void EndFiles()
    {
        lock (_writing)
        {
            TextTable? refused = _refused;
            _refused = null;
            _log.Dispose();
            refused?.Dispose();
        }
    }
}
