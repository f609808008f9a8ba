using Cairn.Core.Flows;

namespace Cairn.Running;

/// <summary>For --quiet: nobody watches.</summary>
internal sealed class NoProgress : IProgressWatch
{
    public static readonly NoProgress Watch = new();

    public void Stage(string name)
    {
    }

    public void At(long bytesDone, long? bytesTotal, long rows)
    {
    }
}
