using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Peeking;

/// <summary>A run that leaves nothing behind: looking at a table is not an event worth a record.</summary>
internal sealed class NoRecord(string work) : IRunLedger, IOpenRun
{
    public string Id => "peek";

    public string Folder => work;

    public string Work => work;

    public List<RefusedRow> RefusedRows { get; } = [];

    public IOpenRun Open(RunOpening opening) => this;

    public void Log(string level, string message)
    {
    }

    public void Planned(FlowReport plan)
    {
    }

    public void Refused(RefusedRow row) => RefusedRows.Add(row);

    public void Rows(string folder, string name, ITableRows rows)
    {
    }

    public IReadOnlyList<Problem> Close(RunClosing closing, Keep keep) => [];

    public void Dispose()
    {
    }
}
