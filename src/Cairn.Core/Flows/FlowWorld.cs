using Cairn.Core.Provenance;

namespace Cairn.Core.Flows;

/// <summary>The ports a flow is carried out through.</summary>
/// <param name="Source">The source connector of a name that the flow's check has found.</param>
/// <param name="Bench">Makes a workbench in a folder, with the bytes of memory it may hold.</param>
/// <param name="Addresses">Asks whether addresses answer.</param>
/// <param name="Random">Fills a span with unpredictable bytes.</param>
/// <param name="Cache">Folder of downloads kept between runs.</param>
/// <param name="Cpu">CPU time the process has used so far.</param>
public sealed record FlowWorld(
    Func<string, ISourceConnector> Source,
    Func<string, IDestinationConnector> Destination,
    Func<string, long, IWorkbench> Bench,
    IAddresses Addresses,
    IProgressWatch Progress,
    Action<Span<byte>> Random,
    string Cache,
    TimeProvider Clock,
    Func<TimeSpan> Cpu);

/// <summary>Asks addresses on the network.</summary>
public interface IAddresses
{
    /// <summary>Does the address answer with success, redirects followed? Null when the system could not be reached; never throws but when stopped.</summary>
    bool? Answers(string address, CancellationToken stop);
}

/// <summary>How a flow is to be carried out.</summary>
/// <param name="MemoryBytes">What reading and the working tables may hold together.</param>
public sealed record FlowOptions(long MemoryBytes)
{
    /// <summary>False: nothing is done while reading that the workbench can do. The result is the same, only slower.</summary>
    public bool Fuse { get; init; } = true;

    /// <summary>Only these writes (by name); null for all.</summary>
    public IReadOnlyList<string>? Only { get; init; }

    /// <summary>A plan made before: it is carried out only if inputs and destinations are as it saw them.</summary>
    public FlowReport? Plan { get; init; }

    /// <summary>The code the program will give back, of what was reported and the problems that ended it, for the run's record.</summary>
    public Func<FlowReport, IReadOnlyList<Problem>, int> ExitCode { get; init; } = (_, _) => 0;
}

/// <summary>How a flow ended.</summary>
/// <param name="Report">As far as it came.</param>
/// <param name="Problems">Why it stopped; empty when it did not.</param>
/// <param name="Written">False when it stopped, or when the person said no.</param>
public sealed record FlowOutcome(RunState State, FlowReport Report, IReadOnlyList<Problem> Problems, bool Written, string RunId, string RunFolder);
