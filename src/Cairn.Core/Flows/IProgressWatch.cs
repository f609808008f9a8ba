namespace Cairn.Core.Flows;

/// <summary>Told what a flow is doing; called from any thread, many times a second. Implementations decide what to show.</summary>
public interface IProgressWatch
{
    /// <summary>A stage begins: "read media", "join matched", "write result". The stage before it is over.</summary>
    void Stage(string name);

    /// <summary>How far the stage is. Zero total: not known.</summary>
    void At(long bytesDone, long? bytesTotal, long rows);
}
